import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../../judgement/policy.ts';
import { readClaim, type Vocabulary } from '../../kernel/claims.ts';
import type { FieldError } from '../../kernel/fault.ts';
import { type Pack, policiesOf, readPack } from './pack.ts';
import { packErrors } from './pack-rules.ts';

/** The packs that come with the program. */
const FOLDER = join(folderWith('packs/schema.json', dirname(fileURLToPath(import.meta.url))), 'packs');
const ID = /^[a-z]{2}(-[a-z0-9]{1,3})?$/;

/** A pack that cannot be used, with everything that is wrong with it. */
export class PackError extends Error {
  readonly errors: readonly FieldError[];

  constructor(file: string, errors: readonly FieldError[]) {
    super(errors.map(({ pointer, code, detail }) => `${file}#${pointer} ${code}: ${detail}`).join('\n'));
    this.name = 'PackError';
    this.errors = errors;
  }
}

/** What was read from a file, with the pack that it extends. */
export interface PackFile {
  readonly pack: Pack;
  readonly base: Pack | null;
}

/**
 * Reads a pack by the id of one that comes with the program, or by its path, and checks it against a vocabulary, or
 * against no service's in particular. Throws `PackError` with every problem.
 */
export function readPackFile(name: string, vocabulary: Vocabulary | null): PackFile {
  const file = ID.test(name) ? shipped(name) : resolve(name);
  const pack = parsed(name, file);
  const base = pack.extends === undefined ? null : baseOf(pack.extends, dirname(file));
  const errors = packErrors(pack, base, vocabulary);
  if (errors.length > 0) throw new PackError(name, errors);
  return { pack, base };
}

/** The pack of this id that comes with the program, or null. */
export function shippedPack(id: string): Pack | null {
  return ID.test(id) && existsSync(shipped(id)) ? parsed(id, shipped(id)) : null;
}

/** Every pack that comes with the program, by the order of their ids. */
export function shippedPacks(): readonly Pack[] {
  const ids = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
  return ids.sort().flatMap((id) => shippedPack(id) ?? []);
}

/** The policies that a service begins with, and the ids of those that were left out for want of a claim. */
export interface FirstPolicies {
  readonly pack: string | null;
  readonly policies: readonly Policy[];
  readonly leftOut: readonly string[];
}

/**
 * The policies of a pack, or where none is named, of the jurisdiction's or else its country's; a jurisdiction without
 * a pack begins with none. Those that ask what the service does not attest are left out: nobody could be approved.
 */
export function firstPolicies(
  named: string | null,
  jurisdiction: string,
  vocabulary: Vocabulary,
): FirstPolicies {
  const own = jurisdiction.toLowerCase();
  const id = [own, own.slice(0, 2)].find((candidate) => shippedPack(candidate) !== null);
  const name = named ?? id;
  if (name === undefined) return { pack: null, policies: [], leftOut: [] };
  const { pack, base } = readPackFile(name, null);
  const all = policiesOf(pack, base);
  const attested = ({ claims }: Policy) => claims.every((claim) => readClaim(claim, vocabulary) !== null);
  const leftOut = all.filter((policy) => !attested(policy)).map(({ id: policy }) => policy);
  return { pack: pack.id, policies: all.filter(attested), leftOut };
}

function baseOf(id: string, folder: string): Pack | null {
  const beside = join(folder, `${id}.json`);
  return existsSync(beside) ? parsed(id, beside) : shippedPack(id);
}

function parsed(name: string, file: string): Pack {
  const result = readPack(jsonOf(name, file));
  if ('errors' in result) throw new PackError(name, result.errors);
  return result.pack;
}

function jsonOf(name: string, file: string): unknown {
  const broken = (code: string, detail: string) => new PackError(name, [{ pointer: '', code, detail }]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw broken('not_found', 'There is no such pack, or it cannot be read.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw broken('malformed', 'The file does not hold JSON.');
  }
}

function shipped(id: string): string {
  return join(FOLDER, `${id}.json`);
}

/** The folder nearest above that has the file: sources and compiled code lie at different depths. */
function folderWith(file: string, from: string): string {
  if (existsSync(join(from, file))) return from;
  const above = dirname(from);
  if (above === from) throw new Error(`${file} is missing from the program`);
  return folderWith(file, above);
}
