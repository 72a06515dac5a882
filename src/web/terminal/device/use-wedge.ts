import { useEffect, useRef } from 'preact/hooks';
import { hear, PAUSE, pause, QUIET, type Reading } from '../wedge.ts';

interface Listening {
  readonly read: (reading: Reading) => void;
  /** Enter came, but what was typed before it was no reading. */
  readonly refused?: (() => void) | undefined;
}

/** Hears scanners that type anywhere on the page, before whatever has the focus does. */
export function useWedge(listening: Listening): void {
  const latest = useRef(listening);
  latest.current = listening;
  useEffect(() => {
    let wedge = QUIET;
    let timer: ReturnType<typeof setTimeout>;
    const rest = (): void => {
      const heard = pause(wedge, performance.now());
      wedge = heard.wedge;
      if (heard.reading !== null) latest.current.read(heard.reading);
    };
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey !== event.getModifierState('AltGraph')) return;
      const { key, code, ctrlKey, metaKey } = event;
      const heard = hear(wedge, { key, code, control: ctrlKey || metaKey, at: event.timeStamp });
      wedge = heard.wedge;
      if (heard.swallow) {
        event.preventDefault();
        event.stopPropagation();
      }
      clearTimeout(timer);
      timer = setTimeout(rest, PAUSE + 10);
      if (heard.reading !== null) latest.current.read(heard.reading);
      else if (key === 'Enter' && !heard.swallow) latest.current.refused?.();
    };
    addEventListener('keydown', press, { capture: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', press, { capture: true });
    };
  }, []);
}
