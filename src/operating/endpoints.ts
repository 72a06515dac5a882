import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';

const TAG = 'Operating';
const okBody = z.object({ status: z.literal('ok') });

export const getHealth = endpoint({
  id: 'getHealth',
  tag: TAG,
  method: 'get',
  path: '/healthz',
  summary: 'Whether the process is alive',
  caller: { public: true },
  replies: { 200: { description: 'It is.', schema: okBody } },
});

export const getReadiness = endpoint({
  id: 'getReadiness',
  tag: TAG,
  method: 'get',
  path: '/readyz',
  summary: 'Whether it can take requests: the database answers and it is not stopping',
  caller: { public: true },
  replies: { 200: { description: 'It can.', schema: okBody } },
  faults: ['unavailable'],
});

export const getVersion = endpoint({
  id: 'getVersion',
  tag: TAG,
  method: 'get',
  path: '/version',
  summary: 'Which version runs',
  caller: { public: true },
  replies: {
    200: { description: 'The version.', schema: z.object({ name: z.string(), version: z.string() }) },
  },
});

export const getMetrics = endpoint({
  id: 'getMetrics',
  tag: TAG,
  method: 'get',
  path: '/metrics',
  summary: 'Metrics for Prometheus',
  description: 'Needs METRICS_TOKEN as a bearer token. Counts name endpoints and outcomes, never anybody.',
  caller: { operator: true },
  replies: {
    200: { description: 'Prometheus text.', schema: z.string(), media: 'text/plain; version=0.0.4' },
  },
});
