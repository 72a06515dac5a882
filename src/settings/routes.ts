import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import type { LeapBirthday } from '../kernel/birthday.ts';
import { type CalendarDate, dateIn } from '../kernel/calendar-date.ts';
import { IDENTITY_CLAIMS, type Vocabulary } from '../kernel/claims.ts';
import type { Clock } from '../kernel/world.ts';
import * as contract from './endpoints.ts';

/** What the settings came to, as officers may know it. */
export interface ToldSettings {
  readonly sandbox: boolean;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}

interface Needs {
  readonly told: ToldSettings;
  readonly vocabulary: Vocabulary;
  readonly jurisdiction: { readonly timeZone: string; readonly leap: LeapBirthday };
  readonly now: Clock;
}

export function settingRoutes(web: Web, { told, vocabulary, jurisdiction, now }: Needs): void {
  serve(web, contract.getSettings, async () =>
    reply(200, { object: 'settings' as const, sandbox: told.sandbox, settings: [...told.settings] }),
  );

  serve(web, contract.getVocabulary, async () => {
    const today: CalendarDate = dateIn(jurisdiction.timeZone, now());
    return reply(200, {
      object: 'vocabulary' as const,
      claims: claimsOf(vocabulary),
      ages: [...vocabulary.ages],
      statuses: [...vocabulary.statuses],
      today,
      leap_birthday: jurisdiction.leap,
    });
  });
}

function claimsOf({ ages, statuses }: Vocabulary): string[] {
  return [
    ...ages.map((years) => `age_over_${years}`),
    ...statuses.map((type) => `status_${type}`),
    ...IDENTITY_CLAIMS,
  ];
}
