/** Whether this browser keeps what it stores apart from the installed app: Safari of iOS, unless installed. */
export function keepsApart(): boolean {
  const { standalone } = navigator as Navigator & { readonly standalone?: boolean };
  return standalone === false && navigator.maxTouchPoints > 1;
}
