import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { issuerMetadata } from '../../../src/issuance/metadata.ts';
import { DEFAULT_STATUSES } from '../../../src/kernel/claims.ts';
import { knownStatuses, statusesIn } from '../../../src/web/admin/statuses.ts';

describe('the statuses that can be entered', () => {
  test('are those of the issuer’s own metadata', () => {
    const statuses = ['nurse', 'student'];
    assert.deepEqual(
      statusesIn(issuerMetadata('https://id.example.org', { ages: [18], statuses })),
      statuses,
    );
  });

  for (const metadata of [null, [], {}, { credential_configurations_supported: { status: 1 } }]) {
    test(`are none in ${JSON.stringify(metadata)}`, () => assert.deepEqual(statusesIn(metadata), []));
  }

  test('are those of a service that nobody changed where it does not answer', async () => {
    const lost = async () => ({ kind: 'lost', why: 'unreachable' }) as const;
    assert.deepEqual(await knownStatuses(lost), DEFAULT_STATUSES);
  });
});
