import { readFile } from 'node:fs/promises';
import type { IRouter, Request } from 'express';
import { contentPolicy } from '../http/content-policy.ts';
import { Fault } from '../kernel/fault.ts';
import type { WebOrigin } from '../kernel/web-origin.ts';

/** What the terminal's page for web tills needs to know of shops, and of who asks for it. */
export interface EmbeddingNeeds {
  /** Where the web tills of a shop are; nowhere if there is no such shop. */
  readonly embeddingOrigins: (retailer: string) => Promise<readonly WebOrigin[]>;
  /** Counts a request of somebody without a key; throws `rate_limited` once the allowance is spent. */
  readonly admit: (req: Request) => Promise<unknown>;
}

interface Page {
  /** Where the terminal's page was built to. */
  readonly file: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What its content policy allows, whoever frames it. */
  readonly allowed: Readonly<Record<string, string>>;
}

/**
 * Hangs the terminal's page as the web tills of one shop frame it: pages of their origins may, and no others. The page
 * itself is told of them, since it hears nobody else either. A shop without any is as little found as no shop.
 */
export function embeddedPage(router: IRouter, page: Page, { embeddingOrigins, admit }: EmbeddingNeeds): void {
  router.get('/terminal/embedded/:retailer', async (req, res) => {
    await admit(req);
    const origins = await embeddingOrigins(req.params.retailer);
    if (origins.length === 0)
      throw new Fault('not_found', 'There is no page for a web till at this address.');

    const html = await readFile(page.file, 'utf8').catch(() => {
      throw new Fault('not_found', 'This page was not built.');
    });

    res.set({ ...page.headers, 'Content-Security-Policy': contentPolicy(page.allowed, origins) });
    // The older header knows no origins: it would forbid what the policy allows.
    res.removeHeader('X-Frame-Options');
    res.type('html').send(html.replace('</head>', () => `${toldTo(origins)}</head>`));
  });
}

/** An origin holds nothing that has a meaning in HTML: letters, digits, dots, dashes, colons and slashes. */
function toldTo(origins: readonly WebOrigin[]): string {
  return `<meta name="counterproof-embedding" content="${origins.join(' ')}">\n  `;
}
