import { once } from 'node:events';
import type { Response } from 'express';
import type { Endpoint, Reply } from './endpoint.ts';

/** Sends what a handler answered, in the media type of its contract. Resolves when the last byte is handed over. */
export async function send(
  res: Response,
  endpoint: Endpoint,
  reply: Reply<Endpoint>,
  gone: () => AbortSignal,
): Promise<void> {
  const spec = endpoint.replies[reply.status];
  if (!spec) throw new Error(`${endpoint.id} answered ${reply.status}, which its contract does not know`);
  res.status(reply.status);
  if (reply.headers) res.set(reply.headers);
  if (isStream(reply.body)) {
    return spec.media === undefined
      ? sendEvents(res, reply.body, gone())
      : sendText(res.type(spec.media), reply.body, gone());
  }
  if (reply.body === undefined) {
    res.end();
  } else if (spec.media === undefined || spec.media === 'application/json') {
    res.json(reply.body);
  } else {
    res.type(spec.media).send(reply.body);
  }
}

function isStream(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

async function sendEvents(res: Response, events: AsyncIterable<unknown>, gone: AbortSignal): Promise<void> {
  res.type('text/event-stream').set('X-Accel-Buffering', 'no');
  res.flushHeaders();
  for await (const event of events) {
    if (gone.aborted) break;
    if (!res.write(`data: ${JSON.stringify(event)}\n\n`)) await once(res, 'drain', { signal: gone });
  }
  res.end();
}

/** A text that is made part by part, as fast as it is taken. */
async function sendText(res: Response, parts: AsyncIterable<unknown>, gone: AbortSignal): Promise<void> {
  for await (const part of parts) {
    if (gone.aborted) break;
    if (!res.write(String(part))) await once(res, 'drain', { signal: gone });
  }
  res.end();
}
