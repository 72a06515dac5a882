import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { listed, locale } from '../../language/language.ts';
import type { Office } from '../office.ts';
import { say } from '../say.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type AgeView, agesOf } from './ages-view.ts';

interface PreviewProps {
  readonly office: Office;
  /** As it is typed; empty while it is no day. */
  readonly birthDate: string;
  readonly titled?: boolean;
}

/** Which ages the credentials would attest today: by the day and the rules of the service, not of this browser. */
export function AgePreview({ office, birthDate, titled = false }: PreviewProps) {
  const vocabulary = useSignal<Vocabulary | null>(null);
  useEffect(() => {
    void office.vocabulary().then((read) => {
      vocabulary.value = read;
    });
  }, []);
  const ages = vocabulary.value === null ? null : agesOf(birthDate, vocabulary.value);
  if (ages === null) return titled ? <p class="quiet small">{say('admin.ages.none')}</p> : null;
  return (
    <div class="ages">
      {titled && <p class="quiet small">{say('admin.ages.title')}</p>}
      <p>{say('admin.ages.yes', { ages: figures(ages, true) })}</p>
      <p class="quiet">{say('admin.ages.no', { ages: figures(ages, false) })}</p>
    </div>
  );
}

function figures(ages: readonly AgeView[], reached: boolean): string {
  const { format } = new Intl.NumberFormat(locale());
  const wanted = ages.filter((age) => age.reached === reached).map(({ years }) => format(years));
  return wanted.length === 0 ? '—' : listed(wanted);
}
