import * as audit from './audit/endpoints.ts';
import type { Endpoint } from './http/endpoint.ts';
import * as issuance from './issuance/endpoints.ts';
import * as keys from './keys/endpoints.ts';
import * as staff from './officers/endpoints.ts';
import * as offline from './offline/endpoints.ts';
import * as operating from './operating/endpoints.ts';
import * as passes from './passes/endpoints.ts';
import * as passkeys from './passkeys/endpoints.ts';
import * as officerPasskeys from './passkeys/officers/endpoints.ts';
import * as sessions from './passkeys/sessions/endpoints.ts';
import * as people from './people/endpoints.ts';
import * as presentation from './presentation/endpoints.ts';
import * as reports from './reports/endpoints.ts';
import * as retailers from './retailers/endpoints.ts';
import * as policies from './retailers/policies/endpoints.ts';
import * as terminals from './retailers/terminals/endpoints.ts';
import * as settings from './settings/endpoints.ts';
import * as statistics from './statistics/endpoints.ts';
import * as status from './status/endpoints.ts';
import * as verification from './verification/endpoints.ts';
import * as wallets from './wallets/endpoints.ts';

/** Every endpoint. The order is that of the documentation. */
export const contract: readonly Endpoint[] = [
  verification,
  presentation,
  passes,
  offline,
  people,
  wallets,
  passkeys,
  sessions,
  officerPasskeys,
  staff,
  retailers,
  terminals,
  policies,
  reports,
  issuance,
  status,
  keys,
  statistics,
  audit,
  settings,
  operating,
].flatMap((room) => Object.values<Endpoint>(room));
