/** What is noted in the wallet's page, in milliseconds of its own clock. */
export interface Seen {
  /** When the page began to fetch the directory of passes; null if it never did. */
  readonly began: number | null;
  /** What the page said of how far it is. */
  readonly progress: readonly { readonly at: number; readonly done: number; readonly total: number }[];
  /** When it was no longer stocking up. */
  readonly over: number | null;
  /** When its thread was blocked for 50 ms or more. */
  readonly blocks: readonly { readonly at: number; readonly lasted: number }[];
  /** For each showing, from the authenticator's answer to the frame that has the code. */
  readonly shown: readonly number[];
}

/** The page's global object, once it is watched. */
export interface Watched {
  readonly benchSeen?: Seen;
}

/** Watches the wallet's page from outside: a script that runs before its own. */
export const WATCH = `(() => {
  const seen = { progress: [], over: null, blocks: [], shown: [], unlocked: null };
  const fetched = () => performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/v1/pass-directory'));
  seen.all = () => ({ ...seen, all: undefined, began: fetched()?.startTime ?? null });
  globalThis.benchSeen = seen;

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.blocks.push({ at: startTime, lasted: duration });
  }).observe({ type: 'longtask', buffered: true });

  const look = () => {
    const bar = document.querySelector('.stocking progress');
    if (bar !== null) seen.progress.push({ at: performance.now(), done: bar.value, total: bar.max });
    else if (seen.progress.length > 0) seen.over ??= performance.now();
    if (seen.unlocked === null || document.querySelector('.code-card-pass svg') === null) return;
    const { unlocked } = seen;
    seen.unlocked = null;
    requestAnimationFrame(() => seen.shown.push(performance.now() - unlocked));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });

  const get = navigator.credentials.get.bind(navigator.credentials);
  navigator.credentials.get = async (options) => {
    const credential = await get(options);
    seen.unlocked = performance.now();
    return credential;
  };
})()`;
