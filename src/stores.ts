import { auditStore } from './audit/store.ts';
import type { Db } from './db/database.ts';
import { offerStore, tokenStore } from './issuance/store.ts';
import type { Mint } from './kernel/ids.ts';
import type { Clock } from './kernel/world.ts';
import { issuerKeyStore, rotationStore } from './keys/store.ts';
import { nonceStore } from './nonces/store.ts';
import { adminKeyStore, officerStore, recoveryCodeStore } from './officers/store.ts';
import { offlineStore } from './offline/store.ts';
import { passDirectoryStore, passKeyStore, passQuotaStore, spentPassStore } from './passes/store.ts';
import { sessionStore } from './passkeys/sessions/store.ts';
import { challengeStore, passkeyStore } from './passkeys/store.ts';
import { peopleStore } from './people/store.ts';
import { askingStore, presentationStore } from './presentation/store.ts';
import { reportStore } from './reports/store.ts';
import { policyStore } from './retailers/policies/store.ts';
import { retailerStore } from './retailers/store.ts';
import { terminalStore } from './retailers/terminals/store.ts';
import { settingStore } from './settings/store.ts';
import { countStore } from './statistics/store.ts';
import { statusStore } from './status/store.ts';
import { idempotencyStore, keptAnswerStore, verificationStore } from './verification/store.ts';
import { walletStore } from './wallets/store.ts';

export type Stores = ReturnType<typeof storesOn>;

/** Every store, bound to one connection or one transaction. Use cases say which of them they need. */
export function storesOn(db: Db, { mint, now }: { mint: Mint; now: Clock }) {
  const statuses = statusStore(db);
  return {
    adminKeys: adminKeyStore(db),
    askings: askingStore(db),
    audit: auditStore(db, { mint, now }),
    challenges: challengeStore(db),
    copies: statuses,
    counts: countStore(db),
    idempotency: idempotencyStore(db),
    keptAnswers: keptAnswerStore(db),
    keys: issuerKeyStore(db),
    nonces: nonceStore(db),
    officers: officerStore(db),
    offers: offerStore(db),
    offline: offlineStore(db),
    passkeys: passkeyStore(db),
    passDirectories: passDirectoryStore(db),
    passKeys: passKeyStore(db),
    passQuotas: passQuotaStore(db),
    people: peopleStore(db),
    policies: policyStore(db),
    presentations: presentationStore(db),
    recoveryCodes: recoveryCodeStore(db),
    reports: reportStore(db),
    retailers: retailerStore(db),
    rotation: rotationStore(db),
    sessions: sessionStore(db),
    settings: settingStore(db),
    spentPasses: spentPassStore(db),
    statuses,
    terminals: terminalStore(db),
    tokens: tokenStore(db),
    verifications: verificationStore(db),
    wallets: walletStore(db),
  };
}
