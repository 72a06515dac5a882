interface NoteProps {
  /** What went wrong, what was done, or how things are. */
  readonly kind: 'wrong' | 'done' | 'plain';
  /** Null where there is nothing to say; the place stays, so that what comes is read aloud. */
  readonly text: string | null;
}

/** A sentence about what has just happened, read aloud as it comes. */
export function Note({ kind, text }: NoteProps) {
  return (
    <p class={`note note-${kind}`} role={kind === 'wrong' ? 'alert' : 'status'}>
      {text}
    </p>
  );
}
