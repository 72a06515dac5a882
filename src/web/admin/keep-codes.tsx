import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import type { Office, Place } from './office.ts';
import { CodeSheet } from './parts/code-sheet.tsx';
import { say } from './say.ts';

interface KeepProps {
  readonly office: Office;
  readonly place: Extract<Place, { readonly at: 'codes' }>;
}

/** The recovery codes, between the first passkey and the console: they are shown this once. */
export function KeepCodes({ office, place }: KeepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="gate">
      <div class="gate-form">
        <p class="brand">Counterproof</p>
        <h1 ref={heading} tabIndex={-1}>
          {say('admin.codes.title')}
        </h1>
        <CodeSheet codes={place.codes} />
        <div class="actions">
          <Button kind="main" icon="check" onClick={() => office.enter(place.officer)}>
            {say('admin.codes.kept')}
          </Button>
        </div>
      </div>
    </main>
  );
}
