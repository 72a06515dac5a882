import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { fits, HANGING, presentationOf } from '../support/client.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** Less than what requests in flight are given to end: a stop that waits for that long was held up by something. */
const PROMPT = 8_000;

const question = JSON.stringify(createVerification.body.example);

test('a request in flight when the service is stopped gets its whole answer, and nobody new gets in', async (t) => {
  const stage = await openStage(t);
  const upload = await halfSent(stage, false);

  const stopped = stage.running.stop();
  await refusedConnection(stage);
  upload.end(question.slice(10));
  const answer = await answerTo(upload);

  assert.equal(fits(createVerification, answer).status, 201);
  await stopped;
});

test('a connection that a client would keep is not waited for', async (t) => {
  const stage = await openStage(t);
  const upload = await halfSent(stage, true);

  const started = performance.now();
  const stopped = stage.running.stop();
  upload.end(question.slice(10));
  assert.equal((await answerTo(upload)).status, 201);
  await stopped;

  assert.ok(performance.now() - started < PROMPT, 'the stop waited for an idle connection');
});

test('an event stream that is open when the service is stopped ends as streams do', async (t) => {
  const stage = await openStage(t);
  const { stream, first } = await follow(stage);
  assert.match(first, /^data: \{.*"state":"waiting".*\}\n\n$/);

  const stopped = stage.running.stop();
  const rest = await textOf(stream);

  assert.equal(rest, '');
  assert.ok(stream.complete, 'the stream was cut off');
  await stopped;
});

test('an event stream tells of the answer and then ends', async (t) => {
  const stage = await openStage(t);
  const { stream, ticket } = await follow(stage);
  const json = { token: ticket, ask: { claims: ['age_over_18'] } };
  await stage.client.ask(createVerification, 201, { token: stage.tokens.terminal, json });
  const rest = await textOf(stream);
  assert.match(rest, /^data: \{.*"state":"used".*"told":\{"age_over_18":true\}.*\}\n\n$/);
  assert.ok(stream.complete);
});

test('a service that is stopped twice, or with nobody there, just stops', async (t) => {
  const stage = await openStage(t);
  await Promise.all([stage.running.stop(), stage.running.stop()]);
  await refusedConnection(stage);
});

/** A question that the service has begun to read: it said so itself. */
async function halfSent({ running, tokens }: Stage, keepAlive: boolean): Promise<ClientRequest> {
  const outgoing = request(`${running.url}/v1/verifications`, {
    agent: new Agent({ keepAlive }),
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokens.terminal}`,
      'content-type': 'application/json',
      'content-length': String(question.length),
      expect: '100-continue',
    },
    signal: AbortSignal.timeout(HANGING),
  });
  outgoing.flushHeaders();
  await once(outgoing, 'continue');
  outgoing.write(question.slice(0, 10));
  return outgoing;
}

async function answerTo(outgoing: ClientRequest) {
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, text: await textOf(response) };
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response) text += String(part);
  return text;
}

async function refusedConnection({ running }: Stage): Promise<void> {
  const { hostname, port } = new URL(running.url);
  const socket = connect(Number(port), hostname);
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNREFUSED');
}

/** An event stream about a fresh ticket of which the first event has come. */
async function follow(stage: Stage) {
  const json = { presentation: await presentationOf(stage, stage.copy) };
  const { id, ticket, secret } = (await stage.client.ask(createPresentation, 201, { json })).body;
  const headers = { authorization: `Bearer ${secret}`, accept: 'text/event-stream' };
  const outgoing = request(`${stage.running.url}/v1/presentations/${id}`, {
    headers,
    agent: new Agent(),
  }).end();
  const [stream] = (await once(outgoing, 'response')) as [IncomingMessage];
  assert.equal(stream.headers['content-type'], 'text/event-stream; charset=utf-8');
  assert.equal(stream.headers['cache-control'], 'no-store');
  const [first] = (await once(stream, 'data')) as [Buffer];
  return { stream, first: String(first), ticket };
}
