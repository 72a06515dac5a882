import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import { say } from '../say.ts';
import { Note } from './note.tsx';
import type { Read } from './read.ts';

/** What is said while something is being read, or where it could not be. */
export function ReadState({ read }: { readonly read: Read<unknown> }) {
  const { value, trouble } = read;
  return (
    <>
      <Note kind="wrong" text={trouble && sayAll(trouble)} />
      {trouble !== null && (
        <Button icon="again" onClick={() => void read.again()}>
          {say('admin.again')}
        </Button>
      )}
      {value === null && trouble === null && <p class="quiet">{say('admin.loading')}</p>}
    </>
  );
}
