import type { Random, World } from './world.ts';

/** What has an id, and the prefix by which a reader knows it. */
const PREFIX = {
  person: 'per',
  wallet: 'wal',
  offer: 'off',
  retailer: 'ret',
  store: 'sto',
  terminal: 'ter',
  verification: 'ver',
  presentation: 'prs',
  event: 'evt',
  admin_key: 'adk',
  issuer_key: 'key',
  status_list: 'lst',
  passkey: 'pky',
  session: 'ses',
  challenge: 'chl',
  officer: 'ofc',
  report: 'rep',
  request: 'req',
} as const;

export type Noun = keyof typeof PREFIX;
export type Id<N extends Noun> = string & { readonly of: N };

/** Makes a fresh id for a noun. */
export type Mint = <N extends Noun>(noun: N) => Id<N>;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 10;
const COUNT_LENGTH = 3;
const RANDOM_LENGTH = 13;
const MOST_IN_A_MILLISECOND = 32 ** COUNT_LENGTH;
const LENGTH = TIME_LENGTH + COUNT_LENGTH + RANDOM_LENGTH;
const BODY = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/**
 * Makes ids in Crockford's base 32: a prefix, the time in milliseconds, a count within the millisecond, and 65 random
 * bits. They sort in the order in which one process made them, also when its clock goes back, so a list is paged by
 * them. A millisecond that is full borrows from the next.
 */
export function minter(world: World): Mint {
  let last = 0;
  let count = 0;
  return <N extends Noun>(noun: N) => {
    const soonest = count + 1 < MOST_IN_A_MILLISECOND ? last : last + 1;
    const at = Math.max(soonest, world.now().getTime());
    count = at === last ? count + 1 : 0;
    last = at;
    const order = inBase32(at, TIME_LENGTH) + inBase32(count, COUNT_LENGTH);
    return `${PREFIX[noun]}_${order}${randomPart(world.random)}` as Id<N>;
  };
}

/** The text as an id of this noun, or null if it cannot be one. */
export function readId<N extends Noun>(noun: N, text: string): Id<N> | null {
  const prefix = `${PREFIX[noun]}_`;
  return text.startsWith(prefix) && BODY.test(text.slice(prefix.length)) ? (text as Id<N>) : null;
}

/** Where the ids of a noun begin that are made at an instant or later: all earlier ones sort before it. */
export function firstIdAt(noun: Noun, at: Date): string {
  return `${PREFIX[noun]}_${inBase32(at.getTime(), TIME_LENGTH)}`;
}

/** The pattern of this noun's ids, for a contract. */
export function idPattern(noun: Noun): RegExp {
  return new RegExp(`^${PREFIX[noun]}_[${ALPHABET}]{${LENGTH}}$`);
}

function inBase32(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomPart(random: Random): string {
  let text = '';
  for (const byte of random(RANDOM_LENGTH)) text += ALPHABET.charAt(byte % 32);
  return text;
}
