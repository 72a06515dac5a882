import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPairingCode } from '../../../src/retailers/terminals/pairing-code.ts';
import {
  groupedPairing,
  isWhole,
  pairingCharacters,
  pairingCodeIn,
} from '../../../src/web/terminal/pairing-code.ts';

describe('a pairing code', () => {
  test('is read as the service reads it', () => {
    for (const typed of ['7k3m-9qxa', ' 7K3M 9QXA ', 'oIlL-0011', '7K3M9QX']) {
      const characters = pairingCharacters(typed);
      assert.equal(isWhole(characters) ? characters : null, readPairingCode(typed), typed);
    }
  });

  test('is shown in two groups once there are two', () => {
    assert.equal(groupedPairing('7K3M'), '7K3M');
    assert.equal(groupedPairing('7K3M9'), '7K3M-9');
  });

  test('comes in a link, whole or from the # on', () => {
    assert.equal(pairingCodeIn('https://id.example/terminal#pair=7K3M9QXA'), '7K3M9QXA');
    assert.equal(pairingCodeIn('#pair=7K3M-9QXA'), '7K3M9QXA');
    for (const other of ['', '#ask=alcohol', '7K3M9QXA', '#pair=7K3M', 'https://id.example/?pair=7K3M9QXA']) {
      assert.equal(pairingCodeIn(other), null, other);
    }
  });
});
