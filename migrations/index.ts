import { settingsAndAudit } from './0001-settings-and-audit.ts';
import { keys } from './0002-keys.ts';
import { people } from './0003-people.ts';
import { statusLists } from './0004-status-lists.ts';
import { issuance } from './0005-issuance.ts';
import { retailers } from './0006-retailers.ts';
import { presentations } from './0007-presentations.ts';
import { verifications } from './0008-verifications.ts';
import { discountCodes } from './0009-discount-codes.ts';
import { verificationCounts } from './0010-verification-counts.ts';
import { terminalSessions } from './0011-terminal-sessions.ts';
import { passkeys } from './0012-passkeys.ts';
import { reports } from './0013-reports.ts';
import { passes } from './0014-passes.ts';
import { offline } from './0015-offline.ts';
import { staff } from './0016-staff.ts';
import { embeddingOrigins } from './0017-embedding-origins.ts';
import { keyRotation } from './0018-key-rotation.ts';
import { pairedTills } from './0019-paired-tills.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** Every migration by name, in the order in which they run. A new one is added at the end. */
export const migrations: readonly (readonly [name: string, migration: Migration])[] = [
  ['0001-settings-and-audit', settingsAndAudit],
  ['0002-keys', keys],
  ['0003-people', people],
  ['0004-status-lists', statusLists],
  ['0005-issuance', issuance],
  ['0006-retailers', retailers],
  ['0007-presentations', presentations],
  ['0008-verifications', verifications],
  ['0009-discount-codes', discountCodes],
  ['0010-verification-counts', verificationCounts],
  ['0011-terminal-sessions', terminalSessions],
  ['0012-passkeys', passkeys],
  ['0013-reports', reports],
  ['0014-passes', passes],
  ['0015-offline', offline],
  ['0016-staff', staff],
  ['0017-embedding-origins', embeddingOrigins],
  ['0018-key-rotation', keyRotation],
  ['0019-paired-tills', pairedTills],
];
