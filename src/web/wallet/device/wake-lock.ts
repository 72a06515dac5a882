/** Keeps the screen lit; answers how to let it go. Where the browser cannot, nothing happens. */
export function keepAwake(): () => void {
  const asked = navigator.wakeLock?.request('screen').catch(() => null) ?? Promise.resolve(null);
  return () => void asked.then((lock) => lock?.release());
}
