import { randomBytes } from 'node:crypto';
import { clientOf } from '../../../../src/web/api/client.ts';
import type { PasskeyDevice } from '../../../../src/web/wallet/passkey-device.ts';
import type { Phone } from '../../../../src/web/wallet/phone.ts';
import type { PinPad } from '../../../../src/web/wallet/pin-pad.ts';
import type { Standing } from '../../../../src/web/wallet/tries.ts';
import { Authenticator } from '../../../support/authenticator.ts';
import type { RunningService } from '../../../support/service.ts';
import { memoryShelf } from './memory-shelf.ts';

export interface MadeUpPhone extends Phone {
  readonly shelf: ReturnType<typeof memoryShelf>;
  /** Whose finger touches it. */
  finger: 'owner' | 'stranger';
  /** When the passkey yields its secret: as it is made, when it is used, or never. */
  yields: 'at once' | 'when used' | 'never';
  /** What its holder types next where a PIN is asked for; whoever has nothing left to type gives up. */
  pins: string[];
  /** How it stood after each PIN: null where it was the right one. */
  readonly stood: (Standing | null)[];
}

/** A phone with a passkey of its own and a shelf in memory, before a service that really listens. */
export function madeUpPhone(
  running: RunningService,
  authenticator = new Authenticator(running.url),
): MadeUpPhone {
  const secret = new Uint8Array(randomBytes(32));
  const touch = <Proof>(proof: () => Proof, yielding: readonly MadeUpPhone['yields'][]) =>
    phone.finger === 'stranger'
      ? ('refused' as const)
      : {
          passkey: authenticator.id,
          proof: proof(),
          secret: yielding.includes(phone.yields) ? secret : null,
        };
  const passkeys: PasskeyDevice = {
    supported: true,
    create: async (options) => touch(() => authenticator.register(options), ['at once']),
    unlock: async () => touch(() => null, ['at once', 'when used']),
    signIn: async (options, passkey) =>
      passkey === null || passkey === authenticator.id
        ? touch(() => authenticator.signIn(options), ['at once', 'when used'])
        : 'refused',
  };
  const pinPad: PinPad = {
    ask: async ({ attempt }) => {
      for (let pin = phone.pins.shift(); pin !== undefined; pin = phone.pins.shift()) {
        const standing = await attempt(pin);
        phone.stood.push(standing);
        if (standing === null) return;
      }
    },
  };
  const phone: MadeUpPhone = {
    shelf: memoryShelf(),
    world: { now: running.now, random: (length) => new Uint8Array(randomBytes(length)) },
    passkeys,
    pinPad,
    fetch: async (url, init) => withDate(await fetch(url, init), running.now()),
    service: clientOf(running.url),
    origin: running.url,
    finger: 'owner',
    yields: 'at once',
    pins: [],
    stood: [],
  };
  return phone;
}

/** The header is written by Node, which knows nothing of a clock that a test moves. */
function withDate(answer: Response, date: Date): Response {
  const headers = new Headers(answer.headers);
  headers.set('date', date.toUTCString());
  return new Response(answer.body, { status: answer.status, headers });
}
