import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import {
  BODY_LIMIT,
  idField,
  idParams,
  instantField,
  listOf,
  nameField,
  pageQuery,
} from '../../http/fields.ts';

const terminal = z
  .object({
    id: idField('terminal'),
    object: z.literal('terminal'),
    retailer_id: idField('retailer'),
    store_id: idField('store').nullable(),
    name: z.string(),
    live: z.boolean(),
    state: z.enum(['active', 'blocked']),
    blocked_at: instantField.nullable(),
    created_at: instantField,
  })
  .meta({ id: 'Terminal', description: 'Something at a till that asks.' });

const keyField = z.string().describe('Shown this once; only its hash is kept.');
const codeField = z.string().describe('Eight characters, shown this once. It works once, for ten minutes.');

const session = z
  .object({
    object: z.literal('terminal_session'),
    terminal_id: idField('terminal'),
    retailer_name: z.string(),
    terminal_name: z.string(),
    live: z.boolean(),
    token: z.string().describe('What the browser calls with, as with a key (`Authorization: Bearer`).'),
    expires_at: instantField,
  })
  .meta({ id: 'TerminalSession' });

export const addTerminal = endpoint({
  id: 'addTerminal',
  tag: 'Terminals',
  method: 'post',
  path: '/v1/retailers/{id}/terminals',
  summary: 'Add a terminal to a retailer',
  description: 'The till works with the key; a browser at the till is paired with the code instead.',
  caller: { officer: 'retailers:write' },
  params: idParams('retailer'),
  body: {
    schema: z.strictObject({
      name: nameField(100),
      store_id: idField('store').nullish(),
      live: z.boolean().default(false).describe('Whether it takes real tokens; else it takes test tokens.'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { name: 'Till 4', live: true },
  },
  replies: {
    201: {
      description: 'The terminal, with its key and a pairing code.',
      schema: terminal
        .extend({ key: keyField, pairing_code: codeField, pairing_code_expires_at: instantField })
        .meta({ id: 'AddedTerminal' }),
    },
  },
  faults: ['not_found'],
});

export const listTerminals = endpoint({
  id: 'listTerminals',
  tag: 'Terminals',
  method: 'get',
  path: '/v1/retailers/{id}/terminals',
  summary: 'List the terminals of a retailer, the newest first',
  caller: { officer: 'retailers:read' },
  params: idParams('retailer'),
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(terminal) } },
  faults: ['not_found'],
});

export const rotateTerminalKey = endpoint({
  id: 'rotateTerminalKey',
  tag: 'Terminals',
  method: 'post',
  path: '/v1/terminals/{id}/keys',
  summary: 'Make a new key for a terminal',
  description: 'Older keys work for 24 hours more.',
  caller: { officer: 'retailers:write' },
  params: idParams('terminal'),
  replies: {
    201: {
      description: 'The new key.',
      schema: z
        .object({
          object: z.literal('terminal_key'),
          terminal_id: idField('terminal'),
          key: keyField,
          older_keys_expire_at: instantField,
        })
        .meta({ id: 'TerminalKey' }),
    },
  },
  faults: ['not_found', 'conflict'],
});

export const renewPairingCode = endpoint({
  id: 'renewPairingCode',
  tag: 'Terminals',
  method: 'post',
  path: '/v1/terminals/{id}/pairing-codes',
  summary: 'Make a new pairing code for a terminal',
  description: 'A code that was made before and not used stops working.',
  caller: { officer: 'retailers:write' },
  params: idParams('terminal'),
  replies: {
    201: {
      description: 'The code.',
      schema: z
        .object({
          object: z.literal('pairing_code'),
          terminal_id: idField('terminal'),
          pairing_code: codeField,
          expires_at: instantField,
        })
        .meta({ id: 'PairingCode' }),
    },
  },
  faults: ['not_found', 'conflict'],
});

export const blockTerminal = endpoint({
  id: 'blockTerminal',
  tag: 'Terminals',
  method: 'delete',
  path: '/v1/terminals/{id}',
  summary: 'Block a terminal',
  description: 'Every key, session and pairing code of it stops working at once. It is for good.',
  caller: { officer: 'retailers:write' },
  params: idParams('terminal'),
  replies: { 204: { description: 'Blocked.' } },
  faults: ['not_found'],
});

export const getTerminalSession = endpoint({
  id: 'getTerminalSession',
  tag: 'Terminals',
  method: 'get',
  path: '/v1/terminal-sessions/current',
  summary: 'Learn as which terminal one calls',
  description: "With a paired browser's session or with a terminal's key.",
  caller: { terminal: true },
  replies: {
    200: {
      description: 'The terminal, and until when the session or key works.',
      schema: z
        .object({
          object: z.literal('terminal_session'),
          terminal: z.object({ id: idField('terminal'), name: z.string(), live: z.boolean() }),
          retailer: z.object({ id: idField('retailer'), name: z.string() }),
          store: z.object({ id: idField('store'), name: z.string() }).nullable(),
          paired: z.boolean().describe('True for the session of a browser, false for a key.'),
          expires_at: instantField.nullable().describe('Null for a key without an end.'),
          checked_at: instantField.describe("The service's time."),
        })
        .meta({ id: 'CurrentTerminalSession' }),
    },
  },
});

export const endTerminalSession = endpoint({
  id: 'endTerminalSession',
  tag: 'Terminals',
  method: 'delete',
  path: '/v1/terminal-sessions/current',
  summary: 'End the session of a paired browser',
  description: 'A key is no session: `conflict`. Keys are rotated, and terminals blocked, by officers.',
  caller: { terminal: true },
  replies: { 204: { description: 'Ended.' } },
  faults: ['conflict'],
});

export const pairTerminal = endpoint({
  id: 'pairTerminal',
  tag: 'Terminals',
  method: 'post',
  path: '/v1/terminal-sessions',
  summary: 'Pair a browser with a terminal',
  description:
    'Exchanges a pairing code for a session, which ends 30 days after its last use unless the operator set another number (`TERMINAL_SESSION_DAYS`): `GET /v1/terminal-sessions/current` tells the end as it is now. Tries are limited for all callers together; a wrong, used or expired code is `invalid_request` at `/pairing_code`.',
  caller: { public: true },
  body: {
    schema: z.strictObject({
      pairing_code: z.string().max(64).describe('In any case; spaces and dashes do not matter.'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { pairing_code: '7K3M-9QXA' },
  },
  replies: { 201: { description: 'The session.', schema: session } },
});

export const embedTerminal = endpoint({
  id: 'embedTerminal',
  tag: 'Terminals',
  method: 'post',
  path: '/v1/terminal-sessions/embedded',
  summary: 'Begin a session for the terminal in a web till',
  description:
    "The software of a web till asks for it with the terminal's key and gives its token to the page that frames `/terminal/embedded/{retailer_id}`, so that no browser has the key. It lasts 12 hours. A session cannot begin one: `forbidden`. Where no origin of a web till is registered: `conflict`.",
  caller: { terminal: true },
  replies: { 201: { description: 'The session.', schema: session } },
  faults: ['conflict'],
});
