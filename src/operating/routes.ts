import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import { Fault } from '../kernel/fault.ts';
import * as contract from './endpoints.ts';
import type { Metrics } from './metrics.ts';

interface Needs {
  readonly version: string;
  readonly metrics: Pick<Metrics, 'text'>;
  readonly databaseAnswers: () => Promise<boolean>;
}

export function operatingRoutes(web: Web, { version, metrics, databaseAnswers }: Needs): void {
  serve(web, contract.getHealth, async () => reply(200, { status: 'ok' as const }));

  serve(web, contract.getReadiness, async () => {
    if (web.stopping.aborted || !(await databaseAnswers())) {
      throw new Fault('unavailable', 'The service is stopping, or its database does not answer.', {
        retryAfter: 2,
      });
    }
    return reply(200, { status: 'ok' as const });
  });

  serve(web, contract.getVersion, async () => reply(200, { name: 'counterproof', version }));

  serve(web, contract.getMetrics, async () => reply(200, await metrics.text()));
}
