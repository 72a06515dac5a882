import type { ComponentChildren } from 'preact';
import { sayAll, say as sayOfAll } from '../../language/language.ts';
import { statusName } from '../names.ts';
import type { Office } from '../office.ts';
import { say } from '../say.ts';
import { dayText } from '../times.ts';
import { AgePreview } from './age-preview.tsx';
import type { Person } from './person.ts';
import { StateBadge } from './state-badge.tsx';

/** What is known about a person, and what follows from it. */
export function Known({ office, person }: { readonly office: Office; readonly person: Person }) {
  const { birth_date, statuses, has_portrait, state, state_reason } = person;
  return (
    <dl class="known">
      <Fact name={say('admin.person.born')}>{dayText(birth_date)}</Fact>
      <Fact name={say('admin.person.ages')}>
        <AgePreview office={office} birthDate={birth_date} />
      </Fact>
      <Fact name={say('admin.person.statuses')}>
        {statuses.length === 0 && say('admin.person.no_statuses')}
        {statuses.map(({ type, until }) => (
          <span class="known-line" key={type}>
            {say('admin.person.until', { status: sayAll(statusName(type)), date: dayText(until) })}
          </span>
        ))}
      </Fact>
      <Fact name={say('admin.person.portrait')}>
        {say(has_portrait ? 'admin.person.has_portrait' : 'admin.person.no_portrait')}
      </Fact>
      <Also name={sayOfAll('person.nationality')} value={person.nationality} />
      <Also name={sayOfAll('person.document_number')} value={person.document_number} />
      <Also name={say('admin.person.number')} value={person.external_id} />
      <Fact name={say('admin.person.state')}>
        <StateBadge state={state} />
        {state_reason !== null && <bdi class="known-line quiet">{state_reason}</bdi>}
      </Fact>
    </dl>
  );
}

function Also({ name, value }: { readonly name: string; readonly value: string | null }) {
  if (value === null) return null;
  return (
    <Fact name={name}>
      <bdi>{value}</bdi>
    </Fact>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
