import { z } from 'zod';
import { STATUS_LIST_MEDIA_TYPE } from '../formats/status-list.ts';
import { endpoint } from '../http/endpoint.ts';

export const getStatusList = endpoint({
  id: 'getStatusList',
  tag: 'Status lists',
  method: 'get',
  path: '/status-lists/{id}',
  summary: 'Read a status list',
  description:
    'A signed JWT of the Token Status List draft, two bits for each credential: 0 valid, 1 invalid, 2 suspended.',
  caller: { public: true },
  cors: true,
  params: z.object({ id: z.string().max(64) }),
  headers: z.object({ 'accept-encoding': z.string().optional(), 'if-none-match': z.string().optional() }),
  replies: {
    200: {
      description: 'The signed list.',
      schema: z.union([z.string(), z.instanceof(Uint8Array)]).meta({ type: 'string' }),
      media: STATUS_LIST_MEDIA_TYPE,
    },
    304: { description: 'It has not changed.' },
  },
  faults: ['not_found'],
});
