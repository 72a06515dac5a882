import type { Callers } from '../http/caller.ts';
import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import * as contract from './endpoints.ts';
import type { PassRequest } from './sign-passes.ts';

/** The use cases of passes, with what they need already given. */
export interface PassVerbs {
  directory(): Promise<string>;
  sign(holder: Callers['holder'], request: PassRequest): Promise<readonly string[]>;
}

export function passRoutes(web: Web, passes: PassVerbs): void {
  serve(web, contract.getPassDirectory, async () => reply(200, await passes.directory()));

  serve(web, contract.signPasses, async ({ caller, body }) => {
    const { key_id: keyId, blinded } = body;
    return reply(200, { signatures: [...(await passes.sign(caller, { keyId, blinded }))] });
  });
}
