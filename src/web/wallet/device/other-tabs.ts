/** Word from one tab of the wallet to the others: something was changed, look again. What it was, is not said. */

const CHANNEL = 'counterproof-wallet';

/** Hears of changes in other tabs; answers how to tell them of one here. */
export function otherTabs(heard: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = heard;
  return () => channel.postMessage(null);
}
