import type { Express } from 'express';
import type { Logger } from 'pino';
import { auditRoutes } from './audit/routes.ts';
import type { Service } from './compose.ts';
import { troubleOf } from './db/trouble.ts';
import { docsRoutes } from './docs/routes.ts';
import { makeApp } from './http/app.ts';
import { makeGuard } from './http/guard.ts';
import type { InFlight } from './http/in-flight.ts';
import type { Web } from './http/serve.ts';
import { issuanceRoutes } from './issuance/routes.ts';
import type { World } from './kernel/world.ts';
import { keyRoutes } from './keys/routes.ts';
import { staffRoutes } from './officers/routes.ts';
import { offlineRoutes } from './offline/routes.ts';
import { type Metrics, makeMetrics } from './operating/metrics.ts';
import { operatingRoutes } from './operating/routes.ts';
import { APPS, pageRoutes } from './pages/routes.ts';
import { passRoutes } from './passes/routes.ts';
import { officerRoutes } from './passkeys/officers/routes.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { sessionRoutes } from './passkeys/sessions/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { presentationRoutes } from './presentation/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { policyRoutes } from './retailers/policies/routes.ts';
import { retailerRoutes } from './retailers/routes.ts';
import { terminalRoutes } from './retailers/terminals/routes.ts';
import { settingRoutes } from './settings/routes.ts';
import { statisticsRoutes } from './statistics/routes.ts';
import { statusRoutes } from './status/routes.ts';
import { verificationRoutes } from './verification/routes.ts';
import { walletRoutes } from './wallets/routes.ts';

/** Where the files of the program lie. */
export interface Places {
  readonly publicDir: string;
  readonly swaggerDir: string;
  readonly openapiFile: string;
  readonly version: string;
}

export interface AppNeeds {
  readonly service: Service;
  readonly world: World;
  readonly logger: Logger;
  readonly stopping: AbortSignal;
  readonly inFlight: InFlight;
  readonly places: Places;
}

/** The application of a service: every endpoint of the contract, and the pages. */
export function serviceApp(needs: AppNeeds): Express {
  const { service, world, logger, stopping, inFlight, places } = needs;
  const { config, mint, identify } = service;
  const metrics = makeMetrics();
  return makeApp({
    world,
    mint,
    logger,
    troubleOf,
    stopping,
    inFlight,
    guard: makeGuard(identify, config.limits),
    answered: metrics.answered,
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    routes: (web) => hangRoutes(web, service, { metrics, version: places.version }),
    pages: (app, { guard, addressKey }) => {
      const apps = Object.values(APPS).map(({ path }) => path);
      docsRoutes(app, { ...places, sandbox: config.sandbox, apps });
      const admit = ({ ip = '' }) =>
        guard({ public: true }, { authorization: undefined, address: () => addressKey(ip) });
      const embeddingOrigins = (id: string) => inFlight.track(service.embeddingOrigins(id));
      pageRoutes(app, { ...places, admit, embeddingOrigins });
    },
  });
}

function hangRoutes(
  web: Web,
  service: Service,
  { metrics, version }: { metrics: Metrics; version: string },
): void {
  const { config, ring, stores, issuance } = service;
  const issuerUrl = config.publicUrl;
  verificationRoutes(web, counted(service, metrics), issuerUrl);
  presentationRoutes(web, service.presentations);
  passRoutes(web, service.passes);
  offlineRoutes(web, service.offline);
  peopleRoutes(web, service.people);
  walletRoutes(web, service.wallets);
  passkeyRoutes(web, service.passkeys);
  sessionRoutes(web, service.passkeys);
  officerRoutes(web, service.passkeys);
  staffRoutes(web, service.staff);
  retailerRoutes(web, service.retailers);
  terminalRoutes(web, service.terminals);
  policyRoutes(web, service.policies);
  reportRoutes(web, service.reports);
  issuanceRoutes(web, { issuance, issuerUrl, vocabulary: config.vocabulary });
  statusRoutes(web, service.publishList);
  keyRoutes(web, { ring, issuerUrl, rotate: service.rotateKeys, schedule: service.keySchedule });
  statisticsRoutes(web, service.statistics);
  auditRoutes(web, stores.audit);
  settingRoutes(web, { told: service.toldSettings, ...config, now: service.now });
  operatingRoutes(web, { version, metrics, databaseAnswers: service.databaseAnswers });
}

function counted({ verifications }: Service, metrics: Metrics): Service['verifications'] {
  return {
    ...verifications,
    async verify(question) {
      const answer = await verifications.verify(question);
      const { outcome, reason, live } = answer.verification;
      if (!answer.replayed) metrics.verified(outcome, reason, live);
      return answer;
    },
  };
}
