import { gzipSync } from 'node:zlib';
import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import { getStatusList } from './endpoints.ts';
import type { PublishedList } from './publish.ts';
import { LIST_TTL } from './status-list.ts';

export function statusRoutes(web: Web, publish: (id: string) => Promise<PublishedList>): void {
  serve(web, getStatusList, async ({ params, headers }) => {
    const { token, etag } = await publish(params.id);
    const about = { ETag: etag, 'Cache-Control': `public, max-age=${LIST_TTL}`, Vary: 'Accept-Encoding' };
    if (headers['if-none-match'] === etag) return reply(304, undefined, about);
    if (!acceptsGzip(headers['accept-encoding'])) return reply(200, token, about);
    return reply(200, gzipSync(token), { ...about, 'Content-Encoding': 'gzip' });
  });
}

function acceptsGzip(header: string | undefined): boolean {
  return (header ?? '')
    .split(',')
    .some((coding) => /^\s*gzip\s*(;\s*q=(0\.0*[1-9]|1)\S*\s*)?$/i.test(coding));
}
