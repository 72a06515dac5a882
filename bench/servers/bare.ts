/** The floor of a request: an Express 5 route that parses the same body and answers a constant of the same size. */

import type { AddressInfo } from 'node:net';
import express from 'express';
import { BODY_LIMIT } from '../../src/http/fields.ts';
import { PATH } from '../support/request.ts';
import type { Order, Ready } from '../support/server.ts';

let answer: object = {};
const app = express();
app.disable('x-powered-by');
app.set('etag', false);
app.post(PATH, express.json({ limit: BODY_LIMIT }), (_req, res) => {
  res.status(201).json(answer);
});
const server = app.listen(0, '127.0.0.1', () => {
  const ready: Ready = { port: (server.address() as AddressInfo).port, terminalKey: 'none' };
  process.send?.(ready);
});
process.on('message', (told: Order) => {
  if (told.order === 'answer') answer = told.body;
  process.send?.({});
});
process.once('disconnect', () => process.exit(0));
