import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { makePortrait } from '../../src/people/portrait.ts';
import { refusal } from '../support/retailers-world.ts';

const notAPicture = refusal('invalid_request', '/portrait', 'not_a_picture');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

function picture(width = 600, height = 800, channels: 3 | 4 = 3) {
  const background = { r: 200, g: 120, b: 40, alpha: 0 };
  return sharp({ create: { width, height, channels, background } });
}

/** The hardest picture to make small: every dot its own colour. */
function noise(width: number, height: number) {
  let state = 1;
  const dots = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    return (state >>> 16) & 0xff;
  });
  return sharp(dots, { raw: { width, height, channels: 3 } });
}

for (const format of ['png', 'jpeg', 'webp'] as const) {
  test(`a ${format} becomes a JPEG of 20 kB or less that fits 300 by 400`, async () => {
    const made = await makePortrait(base64(await picture().toFormat(format).toBuffer()));
    const { format: kind, width, height } = await sharp(made).metadata();
    assert.deepEqual([kind, width, height], ['jpeg', 300, 400]);
    assert.ok(isJpeg(made) && made.length <= 20_000);
  });
}

test('a data URL is taken like its base64', async () => {
  const png = base64(await picture().png().toBuffer());
  assert.deepEqual(await makePortrait(`data:image/png;base64,${png}`), await makePortrait(png));
});

test('even the hardest picture gets to 20 kB or less', async () => {
  const made = await makePortrait(base64(await noise(900, 1_200).jpeg().toBuffer()));
  assert.ok(made.length <= 20_000, String(made.length));
});

test('a portrait is upright and keeps nothing of what the camera wrote', async () => {
  const camera = {
    IFD0: { Artist: 'Jane Roe', Make: 'Cameramaker' },
    IFD3: { GPSLatitude: '51/1 30/1 0/1' },
  };
  const turned = await picture(800, 600).withExif(camera).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  assert.ok(turned.includes('Exif'), 'the example has what is to go');
  const made = await makePortrait(base64(turned));
  const { width, height, exif, icc, xmp, iptc, orientation } = await sharp(made).metadata();
  assert.deepEqual([width, height], [300, 400]);
  assert.deepEqual([exif, icc, xmp, iptc, orientation], Array(5).fill(undefined));
  for (const word of ['Exif', 'Jane', 'Cameramaker', 'ICC_PROFILE', 'xmp']) {
    assert.equal(Buffer.from(made).includes(word), false, word);
  }
});

test('what is transparent becomes white', async () => {
  const made = await makePortrait(base64(await picture(300, 400, 4).png().toBuffer()));
  const { dominant } = await sharp(made).stats();
  assert.ok(Math.min(dominant.r, dominant.g, dominant.b) > 240);
});

test('what is not a JPEG, PNG or WebP that can be read is refused at its field', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  const png = await picture().png().toBuffer();
  const cases: Record<string, string> = {
    empty: '',
    'not base64': 'a portrait!',
    'base64url of a picture': base64(await noise(99, 99).png().toBuffer()).replace(/[+/]/g, '_'),
    text: base64(Buffer.from('a portrait')),
    svg: base64(Buffer.from(svg)),
    'svg that says it is a png': `data:image/png;base64,${base64(Buffer.from(svg))}`,
    'svg as a data URL': `data:image/svg+xml;base64,${base64(Buffer.from(svg))}`,
    gif: base64(await picture(9, 9).gif().toBuffer()),
    tiff: base64(await picture(9, 9).tiff().toBuffer()),
    avif: base64(await picture(16, 16).avif().toBuffer()),
    'half a png': base64(png.subarray(0, png.length / 2)),
    'a header alone': base64(png.subarray(0, 33)),
  };
  for (const [name, text] of Object.entries(cases)) {
    await assert.rejects(makePortrait(text), notAPicture, name);
  }
});

test('a small file that unpacks to a huge picture is refused before it is unpacked', async () => {
  const bomb = blackPng(7_000);
  assert.ok(bomb.length < 10_000);
  await assert.rejects(makePortrait(base64(bomb)), notAPicture);
  await assert.doesNotReject(makePortrait(base64(blackPng(700))));
});

/** A black square as a PNG of one bit a dot, which packs to next to nothing. */
function blackPng(size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const chunk = (type: string, body: Uint8Array) => {
    const typed = Buffer.concat([Buffer.from(type), body]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    check.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, check]);
  };
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const rows = deflateSync(new Uint8Array(size * (1 + Math.ceil(size / 8))));
  return Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
