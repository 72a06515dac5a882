/** Keeps the keyboard's place where what it stood on goes away: a closed panel, a row that was removed, a button that was pressed for good. */

/** Where the keyboard stood: what lay around it, from the inside out, and what the address said. */
interface Stood {
  readonly around: readonly Element[];
  readonly hash: string;
}

/** Watches over the page; answers what ends it. */
export function keepFocus(): () => void {
  let stood: Stood | null = null;
  const stand = ({ target }: FocusEvent): void => {
    if (target instanceof Element) stood = { around: ancestorsOf(target), hash: location.hash };
  };
  const lookAfter = (): void => {
    const lost = document.activeElement === document.body && stood?.around[0]?.isConnected === false;
    if (stood !== null && lost) goalAfter(stood)?.focus();
  };
  const watch = new MutationObserver(lookAfter);
  watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', stand);
  return () => {
    watch.disconnect();
    document.removeEventListener('focusin', stand);
  };
}

/** The link that led to what has gone, or else the heading of what is left around it. */
function goalAfter({ around, hash }: Stood): HTMLElement | null {
  const led =
    hash === location.hash ? null : document.querySelector<HTMLElement>(`main a[href="${CSS.escape(hash)}"]`);
  const left = around.filter((one) => one.isConnected && one.matches('section, article, main, body'));
  return led ?? left.map(headingOf).find((heading) => heading !== null) ?? null;
}

function headingOf(part: Element): HTMLElement | null {
  const heading = part.querySelector<HTMLElement>('h1, h2, h3');
  if (heading !== null) heading.tabIndex = -1;
  return heading;
}

function ancestorsOf(element: Element): readonly Element[] {
  const around = [element];
  for (let at = element.parentElement; at !== null; at = at.parentElement) around.push(at);
  return around;
}
