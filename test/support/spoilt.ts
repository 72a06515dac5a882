/** Ways to spoil what is sent, and what has to come of it. */

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import fc from 'fast-check';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { HANGING, type Sent } from './client.ts';
import { rightCaller, type Stage } from './stage.ts';

/** Stands in every bad value, so that a refusal or a log that repeats one is found out. */
export const MARK = 'zqmarkzq';

/** The same in each run. */
export function runs(numRuns: number) {
  return { seed: 20_261_122, numRuns };
}

export type Spoilable =
  | null
  | boolean
  | number
  | string
  | readonly Spoilable[]
  | { readonly [name: string]: Spoilable };

const deep = (depth: number): Spoilable => (depth === 0 ? MARK : [deep(depth - 1)]);
const polluting = JSON.parse(
  `{"__proto__":{"polluted":"${MARK}"},"constructor":{"prototype":{"polluted":1}}}`,
) as Spoilable;

/** A value of any type that nobody asked for. */
const nasty: fc.Arbitrary<Spoilable> = fc.oneof(
  fc.constantFrom<Spoilable>(null, true, 0, -1, 1.5, 1e308, -(2 ** 53), 2 ** 53, '', MARK, [], {}, [MARK], {
    [MARK]: MARK,
  }),
  fc.constantFrom<Spoilable>(
    `${MARK}\0`,
    `\ud800${MARK}`,
    `${MARK}\udfff`,
    `\u202e${MARK}`,
    '１２３',
    '٣٤',
    `%00${MARK}`,
  ),
  fc.constantFrom<Spoilable>(
    `' or 1=1 -- ${MARK}`,
    MARK.repeat(1_000),
    '9'.repeat(5_000),
    deep(400),
    polluting,
  ),
  fc.string({ unit: 'binary' }).map((text) => MARK + text),
  fc.jsonValue().map((value) => value as Spoilable),
);

type Path = readonly (string | number)[];

function nodesOf(value: Spoilable, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const members = Object.entries(value).flatMap(([name, inner]) => nodesOf(inner, [...at, name]));
  return [at, ...members];
}

/** The value with a node replaced; a node that is replaced by undefined is dropped. */
function replaced(
  value: Spoilable,
  [step, ...rest]: Path,
  change: (node: Spoilable) => Spoilable | undefined,
): Spoilable | undefined {
  if (step === undefined) return change(value);
  const copy = structuredClone(value) as Record<string, Spoilable>;
  const inner = replaced(copy[step] ?? null, rest, change);
  if (inner === undefined) delete copy[step];
  else copy[step] = inner;
  return copy;
}

/** JSON of a good value with one thing wrong somewhere in it. */
export function spoiltJson(good: Spoilable): fc.Arbitrary<string> {
  const changes: fc.Arbitrary<(node: Spoilable) => Spoilable | undefined> = fc.oneof(
    { weight: 5, arbitrary: nasty.map((value) => () => value) },
    { weight: 1, arbitrary: fc.constant(() => undefined) },
    { weight: 1, arbitrary: fc.constant((node: Spoilable) => [node, node]) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom('__proto__', 'constructor', '', 'toString', 'x'), nasty).map(added),
    },
  );
  return fc
    .tuple(fc.constantFrom(...nodesOf(good)), changes)
    .map(([path, change]) => JSON.stringify(replaced(good, path, change)) ?? '');
}

function added([name, value]: readonly [string, Spoilable]) {
  return (node: Spoilable): Spoilable => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return { [name]: value };
    return JSON.parse(
      `{${JSON.stringify(name)}:${JSON.stringify(value)},${JSON.stringify(node).slice(1)}`.replace(
        /,}$/,
        '}',
      ),
    );
  };
}

/** The bytes of a text with something done to them that no writer of it would do. */
export function spoiltBytes(text: string): fc.Arbitrary<Uint8Array> {
  const bytes = Buffer.from(text);
  const at = fc.nat(bytes.length);
  const piece = fc.oneof(
    fc.constantFrom([0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0], [0x7b], [0x5d]),
    fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }),
  );
  return fc.oneof(
    at.map((end) => bytes.subarray(0, end)),
    fc
      .tuple(at, piece)
      .map(([i, more]) => Buffer.concat([bytes.subarray(0, i), Buffer.from(more), bytes.subarray(i)])),
    fc.tuple(at, fc.nat(255)).map(([i, byte]) => Uint8Array.from(bytes, (old, j) => (i === j ? byte : old))),
    fc.constantFrom(
      Buffer.concat([bytes, bytes]),
      Buffer.from(`[${text}]`),
      Buffer.from('null'),
      Buffer.from('"a"'),
    ),
    fc.uint8Array({ maxLength: 200 }),
  );
}

/** Any answer that the contract documents; a refusal repeats nothing of what was wrong. */
export async function survives(stage: Stage, endpoint: Endpoint, sent: Sent) {
  const caller = await rightCaller(stage, endpoint);
  const headers = { ...caller.headers, ...sent.headers };
  const answer = await stage.client.send(endpoint, { ...caller, ...sent, headers });
  if (answer.code !== null) assert.ok(!JSON.stringify(withoutNames(answer.body)).includes(MARK), answer.text);
  return answer;
}

/** A refusal points at a field that nobody knows by its name; that is no value. */
function withoutNames(body: unknown): unknown {
  const { errors = [], ...rest } = body as { errors?: { code: string; detail: string }[] };
  return { ...rest, errors: errors.map(({ code, detail }) => ({ code, detail })) };
}

/** Says this to the service, byte for byte, and hangs up: everything that it says before it hangs up too. */
export async function converse(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), new URL(url).hostname);
  socket.setTimeout(HANGING, () => socket.destroy(new Error('the service neither answers nor hangs up')));
  socket.end(Buffer.from(bytes, 'latin1'));
  let said = '';
  for await (const part of socket) said += String(part);
  return said;
}
