/** Keys of the desk: `/` goes to the search, `n` to what is new, `j` and `k` down and up the list, Escape back to it. */

const TYPED_IN = 'input:not([type="checkbox"], [type="radio"], [type="range"]), select, textarea';

/** Listens for the keys; answers what ends it. A key that is typed into a field, or before a dialog, is left alone. */
export function listenForShortcuts(): () => void {
  const heard = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.matches(TYPED_IN)) return;
    if (document.querySelector('dialog[open]') !== null) return;
    const goal = goalOf(key);
    if (goal === null) return;
    event.preventDefault();
    if (key === 'n' || key === 'Escape') goal.click();
    else goal.focus();
  };
  document.addEventListener('keydown', heard);
  return () => document.removeEventListener('keydown', heard);
}

function goalOf(key: string): HTMLElement | null {
  if (key === '/') return document.querySelector<HTMLElement>('.find input, .filter select');
  if (key === 'n') return document.querySelector<HTMLElement>('.half-head a.button');
  if (key === 'Escape') return document.querySelector<HTMLElement>('.panel-back');
  return key === 'j' || key === 'k' ? rowBeside(key === 'j' ? 1 : -1) : null;
}

/** The row below or above the one that has the focus, or that is open; else the first. */
function rowBeside(step: 1 | -1): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>('.half-list .rows a')];
  const { activeElement } = document;
  const focused = activeElement instanceof HTMLElement ? rows.indexOf(activeElement) : -1;
  const here = focused === -1 ? rows.findIndex((row) => row.hasAttribute('aria-current')) : focused;
  return (here === -1 ? rows[0] : rows[here + step]) ?? null;
}
