import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallerRule, Callers } from '../../src/http/caller.ts';
import { type Identify, makeGuard } from '../../src/http/guard.ts';
import { Fault, type FaultKind } from '../../src/kernel/fault.ts';

const TERMINAL = {
  kind: 'terminal',
  terminal: 'ter_1',
  retailer: 'ret_1',
  live: true,
} as Callers['terminal'];
const OFFICER = {
  kind: 'officer',
  actor: 'adk_1',
  scopes: ['people:read'],
  session: null,
} as unknown as Callers['officer'];
const SIGNED_IN = {
  ...OFFICER,
  session: { id: 'ses_1', officer: 'ofc_1', fresh: true },
} as Callers['officer'];
const HOLDER = {
  kind: 'holder',
  wallet: 'wal_1',
  person: 'per_1',
  token: 'x',
  proof: 'offer',
} as Callers['holder'];
const OPERATOR = { kind: 'operator' } as const;

const identify: Identify = {
  terminal: async (token) => (token.startsWith('till') ? { ...TERMINAL, terminal: token as never } : null),
  officer: async (token) => (token === 'office' ? OFFICER : null),
  holder: async (token) => (token === 'phone' ? HOLDER : null),
  operator: async (token) => (token === 'ops' ? OPERATOR : null),
  cookie: async (token) => (token === 'desk' ? SIGNED_IN : null),
};
const TOKENS = { terminal: 'till', officer: 'office', holder: 'phone', operator: 'ops' };
const RULES = {
  terminal: { terminal: true },
  officer: { officer: 'people:read' },
  holder: { holder: 'offer' },
  operator: { operator: true },
} satisfies Record<string, CallerRule>;
const KINDS = ['terminal', 'officer', 'holder', 'operator'] as const;

function guarding({ terminal = 1_000, address = 1_000 } = {}) {
  const guard = makeGuard(identify, { terminal, address });
  return (rule: CallerRule, authorization?: string, address = 'here') =>
    guard(rule, { authorization, address: () => address });
}

function refused(kind: FaultKind): (thrown: unknown) => boolean {
  return (thrown) => thrown instanceof Fault && assert.equal(thrown.kind, kind) === undefined;
}

for (const kind of KINDS) {
  test(`a rule for ${kind} lets that caller in`, async () => {
    const { caller, allowance } = await guarding()(RULES[kind], `Bearer ${TOKENS[kind]}`);
    assert.equal(caller.kind, kind);
    assert.equal(allowance.name, 'key');
  });

  test(`a rule for ${kind} knows the keys of all others and forbids them`, async () => {
    for (const other of KINDS.filter((it) => it !== kind)) {
      await assert.rejects(guarding()(RULES[kind], `Bearer ${TOKENS[other]}`), refused('forbidden'));
    }
  });

  test(`a rule for ${kind} lets nobody in without a key, or with a wrong one`, async () => {
    const call = guarding();
    for (const authorization of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Bearer wrong',
      TOKENS[kind],
      `Basic ${TOKENS[kind]}`,
      `Bearer ${TOKENS[kind]} more`,
      `Bearer ${TOKENS[kind]},x`,
      `xBearer ${TOKENS[kind]}`,
      `Bearer ${'x'.repeat(513)}`,
    ]) {
      await assert.rejects(call(RULES[kind], authorization), refused('unauthenticated'), authorization);
    }
  });
}

test('the scheme is read in any case', async () => {
  assert.equal((await guarding()(RULES.terminal, 'bEARER  till')).caller.kind, 'terminal');
});

test('an officer without the scope is forbidden, and is told which one is missing', async () => {
  await assert.rejects(guarding()({ officer: 'people:write' }, 'Bearer office'), (thrown) => {
    assert.ok(thrown instanceof Fault);
    assert.equal(thrown.kind, 'forbidden');
    assert.match(thrown.message, /people:write/);
    return true;
  });
});

test('a rule for several kinds lets each in, an officer still with the scope only', async () => {
  const rule: CallerRule = { terminal: true, officer: 'people:write' };
  assert.equal((await guarding()(rule, 'Bearer till')).caller.kind, 'terminal');
  await assert.rejects(guarding()(rule, 'Bearer office'), refused('forbidden'));
  await assert.rejects(guarding()(rule, 'Bearer phone'), refused('forbidden'));
});

test('what is open to all asks for no key, and makes nobody more than public', async () => {
  for (const authorization of [undefined, 'Bearer till', 'Bearer wrong', 'nonsense']) {
    assert.deepEqual((await guarding()({ public: true }, authorization)).caller, { kind: 'public' });
    assert.deepEqual((await guarding()({ wallet: true }, authorization)).caller, { kind: 'wallet' });
  }
});

test('a rule that names nobody lets nobody in', async () => {
  await assert.rejects(guarding()({}, 'Bearer till'), refused('forbidden'));
  await assert.rejects(guarding()({}), refused('unauthenticated'));
});

async function times(count: number, call: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await call();
}

test('callers with a key are limited by key, wherever they call from', async () => {
  const call = guarding({ terminal: 1 });
  await call(RULES.terminal, 'Bearer till', 'here');
  await call(RULES.terminal, 'Bearer till', 'there');
  await assert.rejects(call(RULES.terminal, 'Bearer till', 'elsewhere'), refused('rate_limited'));
  assert.equal((await call(RULES.terminal, 'Bearer till-2', 'here')).caller.kind, 'terminal');
});

test('a shop behind one address is not limited by it', async () => {
  const call = guarding({ address: 1 });
  await times(10, () => call(RULES.terminal, 'Bearer till'));
});

test('callers without a key are limited by address', async () => {
  const call = guarding({ address: 1 });
  await times(2, () => call({ public: true }));
  await assert.rejects(call({ public: true }), refused('rate_limited'));
  assert.equal((await call({ public: true }, undefined, 'there')).allowance.remaining, 1);
});

test('wrong keys, missing keys and keys of the wrong kind count against the address', async () => {
  for (const authorization of ['Bearer wrong', undefined, 'Bearer phone']) {
    const call = guarding({ address: 1 });
    await times(2, () => assert.rejects(call(RULES.terminal, authorization)));
    await assert.rejects(call(RULES.terminal, authorization), refused('rate_limited'));
    await assert.rejects(call({ public: true }), refused('rate_limited'));
  }
});

test('requests that lack the scope count against the key', async () => {
  const call = guarding({ terminal: 1 });
  await times(2, () =>
    assert.rejects(call({ officer: 'people:write' }, 'Bearer office'), refused('forbidden')),
  );
  await assert.rejects(call(RULES.officer, 'Bearer office'), refused('rate_limited'));
});

const holderWith = (proof: Callers['holder']['proof']) =>
  makeGuard({ ...identify, holder: async () => ({ ...HOLDER, proof }) }, { terminal: 1_000, address: 1_000 });
const phone = { authorization: 'Bearer phone', address: () => 'here' };

for (const [rule, lets, others] of [
  ['offer', ['offer'], { session: 'forbidden', fresh: 'forbidden' }],
  ['session', ['session', 'fresh'], { offer: 'forbidden' }],
  ['fresh', ['fresh'], { session: 'verification_required', offer: 'forbidden' }],
  ['offer_or_fresh', ['offer', 'fresh'], { session: 'verification_required' }],
] as const) {
  test(`a rule for holders that says ${rule} lets in ${lets.join(' and ')} alone`, async () => {
    for (const proof of lets) await holderWith(proof)({ holder: rule }, phone);
    for (const [proof, kind] of Object.entries(others) as ['offer', FaultKind][]) {
      await assert.rejects(holderWith(proof)({ holder: rule }, phone), refused(kind));
    }
  });
}

const desk = { authorization: undefined, cookie: 'desk', fromOurPage: true, address: () => 'here' };
const guard = makeGuard(identify, { terminal: 1_000, address: 1_000 });

test('a cookie lets an officer in where officers may call, with the scope', async () => {
  assert.equal((await guard({ officer: 'people:read' }, desk)).caller.kind, 'officer');
  await assert.rejects(guard({ officer: 'people:write' }, desk), refused('forbidden'));
  for (const rule of [RULES.holder, RULES.terminal, RULES.operator]) {
    await assert.rejects(guard(rule, desk), refused('unauthenticated'));
  }
});

test('a cookie that may not act is refused, and one of nobody is nobody', async () => {
  await assert.rejects(guard(RULES.officer, { ...desk, fromOurPage: false }), refused('forbidden'));
  await assert.rejects(guard(RULES.officer, { ...desk, cookie: 'wrong' }), refused('unauthenticated'));
});

test('beside an Authorization header, whatever it says, a cookie does not count', async () => {
  for (const authorization of ['Bearer wrong', 'Basic x', '']) {
    await assert.rejects(guard(RULES.officer, { ...desk, authorization }), refused('unauthenticated'));
  }
});

test('what is for officers who signed in is for no admin key', async () => {
  assert.equal((await guard({ officer: 'own' }, desk)).caller.kind, 'officer');
  const key = { authorization: 'Bearer office', address: () => 'here' };
  await assert.rejects(guard({ officer: 'own' }, key), refused('forbidden'));
});

test('where the public may call too, whoever shows no good session is public', async () => {
  const rule: CallerRule = { public: true, officer: 'own' };
  assert.equal((await guard(rule, desk)).caller.kind, 'officer');
  for (const shown of [
    { ...desk, cookie: 'wrong' },
    { ...desk, cookie: null },
    { ...desk, authorization: 'x' },
  ]) {
    assert.deepEqual((await guard(rule, shown)).caller, { kind: 'public' });
  }
});
