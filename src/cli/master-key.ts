import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { hex } from '../kernel/bytes.ts';
import { Secret } from '../kernel/secret.ts';
import type { Random } from '../kernel/world.ts';
import { KEY_LENGTH } from '../keys/vault.ts';
import { Complaint } from './door.ts';

const SHAPE = /^[0-9a-f]{64}$/i;
const OTHERS = 0o077;

/**
 * The master key from its file: 64 hexadecimal digits, readable by its owner only. The sandbox makes one where there
 * is none; production does not, since a new key would open nothing.
 */
export function masterKey({ masterKeyFile, sandbox }: Config, random: Random): Secret<Uint8Array> {
  if (!existsSync(masterKeyFile)) {
    if (!sandbox)
      throw new Complaint(
        `MASTER_KEY_FILE does not exist. Make one, and keep a copy apart: openssl rand -hex 32`,
      );
    mkdirSync(dirname(masterKeyFile), { recursive: true, mode: 0o700 });
    writeFileSync(masterKeyFile, `${hex(random(KEY_LENGTH))}\n`, { mode: 0o600, flag: 'wx' });
  }
  if ((statSync(masterKeyFile).mode & OTHERS) !== 0) {
    throw new Complaint('MASTER_KEY_FILE can be read by others than its owner. Put that right: chmod 600');
  }
  const text = readFileSync(masterKeyFile, 'utf8').trim();
  if (!SHAPE.test(text)) throw new Complaint('MASTER_KEY_FILE does not hold 64 hexadecimal digits.');
  return new Secret(new Uint8Array(Buffer.from(text, 'hex')));
}
