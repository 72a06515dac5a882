/** The page of a web till around this one: who may be it, and what it says. */

import { readOpening, type ToTill } from '../../../sdk/embed-messages.ts';
import type { TillPort } from '../embedding.ts';

/** How this page is embedded. */
export interface EmbeddedIn {
  /** Where the web tills of the shop are. The server wrote it into the page, which its policy lets them alone frame. */
  readonly origins: readonly string[];
  readonly retailer: string;
}

/** For whom this page was served, or null where it is a till by itself. */
export function embeddedIn(): EmbeddedIn | null {
  const told = document.querySelector<HTMLMetaElement>('meta[name="counterproof-embedding"]');
  if (told === null) return null;
  return { origins: told.content.split(' '), retailer: location.pathname.split('/').at(-1) ?? '' };
}

interface Heard {
  readonly opened: (token: string, port: TillPort) => void;
  readonly said: (data: unknown, port: TillPort) => void;
}

/** Hears the page that frames this one, if it is one of those that may, and nobody else. */
export function hearTillPage({ origins }: EmbeddedIn, { opened, said }: Heard): void {
  addEventListener('message', ({ data, origin, source, ports }) => {
    if (source !== parent || parent === window || !origins.includes(origin)) return;
    const token = readOpening(data);
    const [port] = ports;
    if (token === null || port === undefined || ports.length !== 1) return;
    const ours: TillPort = {
      send: (message: ToTill) => port.postMessage(message),
      close: () => port.close(),
    };
    port.addEventListener('message', (event) => said(event.data, ours));
    port.start();
    opened(token, ours);
  });
}
