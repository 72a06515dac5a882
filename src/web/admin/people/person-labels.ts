import { sayAll, say as sayOfAll } from '../../language/language.ts';
import { statusName } from '../names.ts';
import { say } from '../say.ts';
import type { PersonDraft } from './person-draft.ts';

/** What the field is called that a pointer of the service names. */
export function labelOf(pointer: string, { statuses }: PersonDraft): string {
  const [, field, index] = pointer.split('/');
  switch (field) {
    case 'family_name':
      return sayOfAll('person.family_name');
    case 'given_name':
      return sayOfAll('person.given_name');
    case 'birth_date':
      return sayOfAll('person.birth_date');
    case 'nationality':
      return sayOfAll('person.nationality');
    case 'document_number':
      return sayOfAll('person.document_number');
    case 'external_id':
      return say('admin.person.number');
    case 'portrait':
      return say('admin.person.portrait');
    default: {
      const status = statuses[Number(index)];
      return status === undefined ? say('admin.new.status') : sayAll(statusName(status.type));
    }
  }
}
