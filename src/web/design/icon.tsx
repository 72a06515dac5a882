/** The whole set: 24 units square, one stroke of 1.75. Directions that reading decides are turned in the style. */
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  again: 'M19 12a7 7 0 1 1-2.05-4.95L19 9.1M19 4.5v4.6h-4.6',
  back: 'M14.5 5.5L8 12l6.5 6.5',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.25 3.25 0 1 0 0 6.5a3.25 3.25 0 0 0 0-6.5',
  scan: 'M4 8.5V4h4.5M15.5 4H20v4.5M20 15.5V20h-4.5M8.5 20H4v-4.5M7.5 12h9',
  barcode: 'M4 6v12M7.5 6v12M10.5 6v12M14.5 6v12M17 6v12M20 6v12',
  qr: 'M4.5 4.5h5.5v5.5H4.5zM14 4.5h5.5v5.5H14zM4.5 14h5.5v5.5H4.5zM14 14h2.5v2.5M19.5 14v5.5H17M14 19.5h.01',
  keypad:
    'M4.5 4.5h3v3h-3zM10.5 4.5h3v3h-3zM16.5 4.5h3v3h-3zM4.5 10.5h3v3h-3zM10.5 10.5h3v3h-3zM16.5 10.5h3v3h-3zM10.5 16.5h3v3h-3z',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9.25a4 4 0 0 1 0 5.5M18 6.75a7.5 7.5 0 0 1 0 10.5',
  silent: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 10l4 4M20 10l-4 4',
  offline: 'M3 9.5a13 13 0 0 1 18 0M6.5 13a8 8 0 0 1 11 0M12 18h.01M9.75 15.75a3.5 3.5 0 0 1 4.5 0M4 4l16 16',
  clock: 'M12 3.75a8.25 8.25 0 1 0 0 16.5a8.25 8.25 0 0 0 0-16.5M12 7.5V12l3 2',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  blocked: 'M12 3.75a8.25 8.25 0 1 0 0 16.5a8.25 8.25 0 0 0 0-16.5M6.2 6.2l11.6 11.6',
  link: 'M10 14l4-4M8.5 11.5L6 14a3 3 0 0 0 4 4l2.5-2.5M15.5 12.5L18 10a3 3 0 0 0-4-4l-2.5 2.5',
  person: 'M12 4.25a3.75 3.75 0 1 0 0 7.5a3.75 3.75 0 0 0 0-7.5M4.75 20a7.25 7.25 0 0 1 14.5 0',
  wallet: 'M4 7.5h16v11.5H4zM4 7.5L15 4.5v3M15.5 13.25h.01',
  till: 'M5 11h14l1.5 8.5h-17zM8 11V5h8v6M8.5 15h.01M12 15h.01M15.5 15h.01',
  ledger: 'M5 4h14v16H5zM9 4v16M12 9h4M12 13h4',
  history: 'M4.5 12a7.5 7.5 0 1 0 2.2-5.3L4.5 8.9M4.5 4.5v4.4h4.4M12 8v4.25l2.75 1.75',
  help: 'M12 3.75a8.25 8.25 0 1 0 0 16.5a8.25 8.25 0 0 0 0-16.5M9.75 9.75a2.25 2.25 0 1 1 3.25 2c-.7.4-1 .9-1 1.75M12 16.5h.01',
  language:
    'M12 3.75a8.25 8.25 0 1 0 0 16.5a8.25 8.25 0 0 0 0-16.5M3.75 12h16.5M12 3.75c2.25 2.25 3.25 5 3.25 8.25s-1 6-3.25 8.25c-2.25-2.25-3.25-5-3.25-8.25s1-6 3.25-8.25',
  copy: 'M8.5 8.5H19.5V19.5H8.5zM5 15.5V4.5h10.5',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.75 4.5a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M15.25 15.25L20 20',
  print: 'M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z',
  chart: 'M5 20V10M10 20V4M15 20v-7M20 20v-4M3.5 20h17',
  rules: 'M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4',
  leave: 'M10 4.5H5v15h5M14.5 8l4 4-4 4M18.5 12H9.5',
  settings: 'M4 7.5h9M17 7.5h3M13 5.25v4.5h4v-4.5zM4 16.5h3M11 16.5h9M7 14.25v4.5h4v-4.5z',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside a word, never alone: readers of the screen pass it over. */
export function Icon({ name, size = 24 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
