import type { z } from 'zod';
import type { Page, PageAsked } from '../db/page.ts';
import type { Callers } from '../http/caller.ts';
import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Id } from '../kernel/ids.ts';
import * as contract from './endpoints.ts';
import type { Question } from './question.ts';
import { type Answer, repeatedAnswer, type Verification } from './verification.ts';

/** The use cases of verification, with what they need already given. */
export interface VerificationVerbs {
  verify(question: Question): Promise<Answer>;
  list(asked: PageAsked, terminal: Id<'terminal'>): Promise<Page<Verification>>;
  find(id: Id<'verification'>, terminal: Id<'terminal'>): Promise<Verification>;
  receipt(verification: Verification): Promise<string>;
}

export function verificationRoutes(web: Web, verifications: VerificationVerbs, issuerUrl: string): void {
  const shown = (answer: Answer) => shownAt(issuerUrl, answer);
  const kept = (verification: Verification) => shown(repeatedAnswer(verification, null));

  serve(web, contract.createVerification, async ({ caller, body, headers }) => {
    const answer = await verifications.verify(questionOf(caller, body, headers['idempotency-key']));
    return answer.replayed
      ? reply(200, shown(answer), { 'Idempotency-Replayed': 'true' })
      : reply(201, shown(answer));
  });

  serve(web, contract.listVerifications, async ({ caller, query }) =>
    reply(200, listBody(await verifications.list(pageAsked(query), caller.terminal), kept)),
  );

  serve(web, contract.getVerification, async ({ caller, params }) =>
    reply(200, kept(await verifications.find(params.id, caller.terminal))),
  );

  serve(web, contract.getReceipt, async ({ caller, params }) =>
    reply(200, await verifications.receipt(await verifications.find(params.id, caller.terminal))),
  );
}

type Body = z.output<typeof contract.createVerification.body.schema>;

function questionOf(terminal: Callers['terminal'], body: Body, key: string | undefined): Question {
  return {
    terminal,
    token: body.token,
    ask: body.ask,
    scannedAt: body.scanned_at === undefined ? null : new Date(body.scanned_at),
    reference: body.reference ?? null,
    idempotencyKey: key ?? null,
  };
}

function shownAt(issuerUrl: string, { verification, claims, claimsExpired }: Answer) {
  const { id, live, outcome, reason, nextStep, asked, proof, presentedAt, checkedAt } = verification;
  const codes = outcome === 'approved' ? asked.discountCodes : undefined;
  return {
    id,
    object: 'verification' as const,
    livemode: live,
    outcome,
    reason,
    next_step: nextStep,
    claims: claims as Record<string, true | string>,
    ...(codes && { discount_codes: [...codes] }),
    ...(claimsExpired && { claims_expired: true as const }),
    proof,
    presented_at: presentedAt?.toISOString() ?? null,
    checked_at: checkedAt.toISOString(),
    freshness: verification.freshness,
    receipt_url: `${issuerUrl}/v1/verifications/${id}/receipt`,
    reference: verification.reference,
  };
}
