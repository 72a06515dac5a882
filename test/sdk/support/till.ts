/** A till that judges for itself, with the service's side made by the test. */

import assert from 'node:assert/strict';
import type { DirectoryKey } from '../../../src/formats/pass-directory.ts';
import { memoryStore } from '../../../src/sdk/memory-store.ts';
import type { Reply, SyncClient } from '../../../src/sdk/sync.ts';
import { createVerifier, type Verifier, type VerifierOptions } from '../../../src/sdk/verifier.ts';
import { BUNDLE_NOW, bundleAuthority, bundlePayload, directoryKey } from '../../support/bundles.ts';
import { makePass, makePassKey } from '../../support/passes.ts';
import { seeded } from '../../support/random.ts';

export const issuer = makePassKey();
export const authority = await bundleAuthority();
export const ALCOHOL = { policies: ['alcohol'] };
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A bundle with this key of the directory, and the parts changed that a test is about. */
export const bundleOf = (change: object = {}, keys: readonly DirectoryKey[] = [directoryKey(issuer)]) =>
  authority.sign(bundlePayload(keys, change));

export interface TestTill {
  readonly verifier: Verifier;
  readonly store: VerifierOptions['store'];
  readonly now: () => Date;
  readonly pass: (milliseconds: number) => void;
  /** A pass of the issuer, shown now. */
  readonly code: () => Promise<string>;
}

export async function offlineTill({
  trustBundle,
  store = memoryStore(),
  root = authority.root,
}: Partial<VerifierOptions> = {}): Promise<TestTill> {
  let at = BUNDLE_NOW.getTime();
  const now = () => new Date(at);
  const verifier = await createVerifier({
    store,
    root,
    trustBundle: trustBundle ?? (await bundleOf()),
    now,
    random: seeded(7),
  });
  const pass = (milliseconds: number) => {
    at += milliseconds;
  };
  return { verifier, store, now, pass, code: async () => (await makePass(issuer)).show(now()) };
}

/** What the service was told, and answers as the test says. */
export function fakeService(till: { readonly now: () => Date }, bundle: () => Promise<string>) {
  const reports: Parameters<SyncClient['reportOffline']>[0][] = [];
  const asked: (string | null)[] = [];
  const spentElsewhere = new Set<string>();
  const fails = new Set<keyof SyncClient>();
  const heard = () => ({ headers: new Headers(), servedAt: till.now() });
  const answer = <Body>(name: keyof SyncClient, body: Body): Reply<Body> =>
    fails.has(name) ? { kind: 'lost', why: 'unreachable' } : { kind: 'answered', body, ...heard() };
  const client: SyncClient = {
    root: async () => answer('root', authority.root),
    trustBundle: async (etag) => {
      asked.push(etag);
      const jwt = await bundle();
      const own = `"${jwt.slice(-12)}"`;
      return answer('trustBundle', etag === own ? null : { jwt, etag: own });
    },
    reportOffline: async (report) => {
      assert.ok(report.verifications.length > 0 && report.verifications.length <= 100);
      if (!fails.has('reportOffline')) reports.push(report);
      const double_spends = report.verifications.flatMap(({ id, device_key_hash }) =>
        spentElsewhere.has(device_key_hash) ? [id] : [],
      );
      const received = report.verifications.length;
      return answer('reportOffline', { received, double_spends, server_time: till.now().toISOString() });
    },
  };
  return { client, reports, asked, spentElsewhere, fails };
}

export async function outcomes(answers: readonly Promise<{ readonly outcome: string }>[]) {
  return (await Promise.all(answers)).map(({ outcome }) => outcome);
}
