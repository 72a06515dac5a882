/** Says what changed to whoever does not see it. It has to stand in the page before there is anything to say. */
export function LiveRegion({ text, urgent = false }: { readonly text: string; readonly urgent?: boolean }) {
  return (
    <p class="for-readers" role={urgent ? 'alert' : 'status'}>
      {text}
    </p>
  );
}
