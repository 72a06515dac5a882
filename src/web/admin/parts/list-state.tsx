import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import { say } from '../say.ts';
import type { List } from './list.ts';
import { Note } from './note.tsx';

/** What a list says of itself below its rows: that it is being read, that it could not be, that there is more. */
export function ListState({ list }: { readonly list: List<unknown> }) {
  const { rows, trouble, hasMore } = list;
  return (
    <>
      <Note kind="wrong" text={trouble && sayAll(trouble)} />
      {trouble !== null && (
        <Button icon="again" onClick={() => void list.again()}>
          {say('admin.again')}
        </Button>
      )}
      {rows === null && trouble === null && <p class="quiet">{say('admin.loading')}</p>}
      {hasMore && trouble === null && <Button onClick={() => void list.more()}>{say('admin.more')}</Button>}
    </>
  );
}
