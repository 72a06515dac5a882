import type { OfficerSession } from '../../http/caller.ts';
import { verificationRequired } from '../../http/guard.ts';
import type { RateLimit } from '../../http/rate-limit.ts';
import { Fault, wrongField } from '../../kernel/fault.ts';
import { hash } from '../../keys/hash.ts';
import type { Officer } from '../../officers/officer.ts';
import { readRecoveryCode } from '../../officers/recovery-code.ts';
import type { OfficerStore, RecoveryCodeStore } from '../../officers/store.ts';
import { tooMany } from '../begin-registration.ts';
import { MOST_PASSKEYS } from '../passkey.ts';
import {
  type RegistrationNeeds,
  type RegistrationOptions,
  registrationOptions,
} from '../registration-options.ts';
import type { ChallengeStore, PasskeyStore } from '../store.ts';

interface Needs extends RegistrationNeeds {
  readonly challenges: Pick<ChallengeStore, 'add'>;
  readonly passkeys: Pick<PasskeyStore, 'of'>;
  readonly officers: Pick<OfficerStore, 'find' | 'invitation'>;
  readonly recoveryCodes: Pick<RecoveryCodeStore, 'owner'>;
  /** Counts a guess at a recovery code; throws `rate_limited`. */
  readonly guess: RateLimit;
}

/** What shows that somebody may have a passkey: the token of a set-up link, a recovery code, or a session. */
export type OfficerProof =
  | { readonly setupToken: string }
  | { readonly recoveryCode: string }
  | { readonly session: OfficerSession | null };

/** One allowance for everybody: whoever guesses can change address. */
const EVERYBODY = 'all';

/**
 * Begins to register a passkey of an officer: of whoever opened a set-up link or has a recovery code, or a further one
 * of whoever signed in less than five minutes ago. `invalid_request` for a token or code that is wrong, used or over,
 * `unauthenticated` without any, `verification_required` where the session is older.
 */
export async function beginOfficerRegistration(
  needs: Needs,
  proof: OfficerProof,
): Promise<RegistrationOptions> {
  const { officer, invitation } = await whoMay(needs, proof);
  const owner = { kind: 'officer', officer: officer.id } as const;
  const has = await needs.passkeys.of(owner);

  if (has.length >= MOST_PASSKEYS) throw tooMany();
  const label = `${officer.name} (staff)`;
  const { challenge, begun } = await registrationOptions(needs, { owner, label, has, invitation });

  await needs.challenges.add(challenge);
  return begun;
}

interface Entitled {
  readonly officer: Officer;
  readonly invitation: string | null;
}

async function whoMay(needs: Needs, proof: OfficerProof): Promise<Entitled> {
  const { officers, world } = needs;
  if ('recoveryCode' in proof) return whoRecovers(needs, proof.recoveryCode);
  if ('setupToken' in proof) {
    const invitation = hash(proof.setupToken);
    const found = await officers.invitation(invitation, world.now());
    if (found === null)
      throw wrongField('/setup_token', 'wrong_token', 'This link is wrong, was used or has expired.');
    return { officer: found.officer, invitation };
  }
  if (proof.session === null)
    throw new Fault('unauthenticated', 'A set-up token or a session is needed here.');
  if (!proof.session.fresh) throw verificationRequired();
  const officer = await officers.find(proof.session.officer);
  if (officer === null) throw new Fault('unauthenticated', 'There is no such officer any more.');
  return { officer, invitation: null };
}

async function whoRecovers({ recoveryCodes, vault, guess }: Needs, typed: string): Promise<Entitled> {
  await guess(EVERYBODY);
  const mac = readRecoveryCode(typed, vault);
  const officer = mac === null ? null : await recoveryCodes.owner(mac);
  if (mac === null || officer === null)
    throw wrongField('/recovery_code', 'wrong_code', 'This code is wrong or was used.');
  return { officer, invitation: mac };
}
