import type { ComponentChildren } from 'preact';

/** A sheet of paper on the table: one thing, raised. */
export function Card({ label, children }: { readonly label?: string; readonly children: ComponentChildren }) {
  return (
    <section class="card" aria-label={label}>
      {children}
    </section>
  );
}
