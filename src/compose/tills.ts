import { rateLimit } from '../http/rate-limit.ts';
import { passChecker } from '../judgement/check-pass.ts';
import { Fault } from '../kernel/fault.ts';
import { inSets } from '../kernel/sets.ts';
import { nonceExpiry } from '../nonces/nonce.ts';
import type { OfflineVerbs } from '../offline/routes.ts';
import { takeReports } from '../offline/take-reports.ts';
import { bundlePublisher } from '../offline/trust-bundle.ts';
import { type Accepted, acceptAll, acceptedOrThrow } from '../presentation/accept-presentation.ts';
import { makeBell } from '../presentation/bell.ts';
import { type CheckedPresentation, checkPresentation } from '../presentation/check-presentation.ts';
import { issuerKeyFinder } from '../presentation/issuer-trust.ts';
import type { PresentationVerbs } from '../presentation/routes.ts';
import { follow, whatBecame } from '../presentation/what-became.ts';
import type { Question } from '../verification/question.ts';
import { makeReceipt } from '../verification/receipt.ts';
import type { VerificationVerbs } from '../verification/routes.ts';
import type { Answer } from '../verification/verification.ts';
import { answeredOrThrow, verifyAll } from '../verification/verify.ts';
import type { Ground } from './ground.ts';

const HOUR = 3_600_000;
/** Hours for which a spent pass is remembered after the last till may have approved it: tills report late. */
const LATE_HOURS = 7 * 24;

function passRules({ passKeys, config: { passes } }: Ground) {
  return {
    checkPass: passChecker(passKeys.listedKey),
    freshness: passes.freshness,
    rememberSpent: (passes.bundleHours.over + LATE_HOURS) * HOUR,
  };
}

export function bindOffline(ground: Ground): OfflineVerbs {
  const { config, ring, world, stores } = ground;
  const { freshness, bundleHours } = config.passes;
  const signer = () => ring.signer('document');
  const { rememberSpent } = passRules(ground);
  const now = world.now;
  const needs = { ...ground, now, rememberSpent };
  return {
    bundle: bundlePublisher({ ...needs, policies: stores.policies, signer, freshness, bundleHours }),
    take: (terminal, reports) => takeReports(needs, terminal, reports),
    now,
  };
}

export function bindTills(ground: Ground): {
  presentations: PresentationVerbs;
  verifications: VerificationVerbs;
} {
  const { ring, stores, world, vault, issuerUrl, config } = ground;
  const bell = makeBell();
  const trust = { root: ring.root, published: () => ring.published('issuer'), issuerUrl, now: world.now };
  const checking = {
    findKey: issuerKeyFinder(trust),
    issuerUrl,
    limitCopy: rateLimit('copy', config.limits.copy),
    nonceExpiry: (nonce: string, now: Date) => nonceExpiry(vault, nonce, now),
  };
  const keep = inSets<CheckedPresentation, Accepted | Fault>((set) => acceptAll(ground, set), ground.sets);
  const watching = { ...stores, now: world.now, bell };
  const verifying = { ...ground, ...passRules(ground), ring: bell.ring };
  const answer = inSets<Question, Answer | Fault>((set) => verifyAll(verifying, set), ground.sets);
  return {
    presentations: {
      accept: async (text) =>
        acceptedOrThrow(await keep(await checkPresentation(checking, text, world.now()))),
      whatBecame: (id, secret) => whatBecame(watching, id, secret),
      follow: (id, secret, signal) => follow(watching, id, secret, signal),
    },
    verifications: {
      verify: async (question) => answeredOrThrow(await answer(question)),
      list: (asked, terminal) => stores.verifications.page(asked, terminal),
      async find(id, terminal) {
        const found = await stores.verifications.find(id, terminal);
        if (found === null) throw new Fault('not_found', 'This terminal has no such verification.');
        return found;
      },
      receipt: (verification) =>
        makeReceipt(verification, issuerUrl, ring.signer(verification.live ? 'document' : 'test')),
    },
  };
}
