import { signingPool } from '../../src/passes/signing-pool.ts';
import { blindedValues, makePassKey } from './passes.ts';

/** Signs request after request for passes on the service's threads, one at a time, until it is stopped. */
export function endlessSigner() {
  let running: Promise<void> | null = null;
  let on = false;
  const work = async (): Promise<void> => {
    const { keyId, privateKey } = makePassKey();
    const pkcs8 = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
    const pool = signingPool(1);
    while (on) await pool.sign({ keyId, pkcs8, blinded: blindedValues() });
    await pool.close();
  };
  return {
    start(): object {
      on = true;
      running = work();
      return {};
    },
    async stop(): Promise<object> {
      on = false;
      await running;
      return {};
    },
  };
}
