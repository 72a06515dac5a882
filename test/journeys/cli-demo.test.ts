import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { checkDigitsHold } from '../../src/formats/digits.ts';
import { openHome } from '../support/program.ts';

before(() => {
  const file = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(file)).buffer } });
});

test('the demo tells the whole story, and a stranger reads the ticket in the picture that it keeps', async (t) => {
  const home = await openHome(t);
  const { code, out, err } = await home.run(['demo', '--save-qr', home.path('ticket.png')]);
  assert.deepEqual([code, err], [0, '']);
  const story = [
    /HTTP 201 +APPROVED\n +claims \{"age_over_18":true\} +next step: sell/,
    /HTTP 201 +REFUSED +already_used\n +claims \{\} +next step: ask_for_new_code/,
    /turns 18 tomorrow/,
    /HTTP 201 +REFUSED +claim_not_satisfied\n +claims \{\}/,
    /HTTP 403 claim_not_permitted/,
    /not used up/,
    /HTTP 201 +APPROVED\n/,
  ];
  let rest = out;
  for (const words of story) {
    const found = words.exec(rest);
    assert.ok(found, `${words} is not told, or too early:\n${out}`);
    rest = rest.slice(found.index + found[0].length);
  }
  const png = new Uint8Array(readFileSync(home.path('ticket.png')));
  const [qr] = await readBarcodes(png, { formats: ['QRCode'] });
  assert.match(String(qr?.text), /^1\d{33}$/);
  assert.ok(checkDigitsHold(String(qr?.text)));
});

test('the demo leaves nothing behind, and minds no settings but its own', async (t) => {
  const home = await openHome(t);
  const wrong = { PUBLIC_URL: 'https://id.example.org', TIME_ZONE: 'Mars/Olympus', TMPDIR: home.folder };
  const { code, err } = await home.run(['demo'], wrong);
  assert.deepEqual([code, err], [0, '']);
  assert.deepEqual(
    home.files().filter((name) => name.includes('counterproof')),
    [],
  );
});
