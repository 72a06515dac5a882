/** What the use cases of the wallet need of the phone and its browser. */

import type { World } from '../../kernel/world.ts';
import type { Call } from '../api/client.ts';
import type { Fetch } from './call.ts';
import type { PasskeyDevice } from './passkey-device.ts';
import type { PinPad } from './pin-pad.ts';
import type { Shelf } from './shelf.ts';

export interface Phone {
  readonly shelf: Shelf;
  readonly world: World;
  readonly passkeys: PasskeyDevice;
  readonly pinPad: PinPad;
  /** For addresses that metadata names. */
  readonly fetch: Fetch;
  /** For the service's own routes. */
  readonly service: Call;
  /** The origin that this wallet came from. It keeps credentials of no other. */
  readonly origin: string;
}
