/** Whether a page may have the whole screen here. Where it may not, the system's own kiosk mode can. */
export function mayFillScreen(): boolean {
  return document.fullscreenEnabled;
}

/** Takes the whole screen. Browsers allow it only while somebody touches the page, so it is asked at every touch. */
export function fillScreen(): void {
  if (mayFillScreen() && document.fullscreenElement === null) {
    document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined);
  }
}

export function leaveFullScreen(): void {
  if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
}
