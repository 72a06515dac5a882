/** Keeps the screen on for as long as the page is in front. Where a browser cannot, the screen's own settings rule. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  const take = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    lock = await navigator.wakeLock.request('screen').catch(() => null);
  };
  // The browser lets go of it by itself when the page goes to the back.
  document.addEventListener('visibilitychange', take);
  void take();
  return () => {
    document.removeEventListener('visibilitychange', take);
    void lock?.release();
  };
}
