import { base64url } from '../../src/kernel/bytes.ts';
import { type Id, type Mint, minter } from '../../src/kernel/ids.ts';
import type { KeptAsking, KeptPresentation } from '../../src/presentation/presentation.ts';
import type { Verification } from '../../src/verification/verification.ts';
import { ROWS } from './seed-tickets.ts';
import { ASKED, type BenchService } from './service.ts';

/** How many tills had asked, and when the first question was, in milliseconds before now. */
const TILLS = 100;
const SINCE = 20 * 3_600_000;
/** About what the sealed answer to one question takes. */
const SEALED_BYTES = 230;

interface PastSale {
  readonly verification: Verification;
  readonly presentation: KeptPresentation;
  readonly asking: KeptAsking;
}

/**
 * Writes so many verifications into the tables as a long day leaves them: each with its spent presentation, what the
 * wallet may read of it, and its audit event, by a hundred tills, in the order of time.
 */
export async function seedPast({ service, world, terminal }: BenchService, count: number): Promise<void> {
  const tills = Array.from({ length: TILLS }, () => service.mint('terminal'));
  const began = world.now().getTime() - SINCE;
  let made = 0;
  const clock = (): Date => new Date(began + Math.floor((SINCE * made) / count));
  const mint = minter({ now: clock, random: world.random });
  const sale = (): PastSale => {
    const till = tills[made % TILLS] ?? terminal.terminal;
    const past = pastSale({ mint, till, retailer: terminal.retailer, at: clock() }, world.random);
    made += 1;
    return past;
  };
  while (made < count) {
    const sales = Array.from({ length: Math.min(ROWS, count - made) }, sale);
    await service.transact(async ({ verifications, presentations, askings, audit }) => {
      await presentations.add(sales.map(({ presentation }) => presentation));
      await verifications.add(sales.map(({ verification }) => verification));
      await askings.add(sales.map(({ asking }) => asking));
      await audit.record(
        ...sales.map(({ verification }) => ({
          action: 'verification.approved' as const,
          actor: verification.terminal,
          subject: verification.id,
        })),
      );
    });
  }
}

interface Till {
  readonly mint: Mint;
  readonly till: Id<'terminal'>;
  readonly retailer: Id<'retailer'>;
  readonly at: Date;
}

function pastSale({ mint, till, retailer, at }: Till, random: BenchService['world']['random']): PastSale {
  const verification: Verification = {
    id: mint('verification'),
    terminal: till,
    retailer,
    live: true,
    outcome: 'approved',
    reason: null,
    nextStep: 'sell',
    asked: { claims: [ASKED], policies: null },
    proof: 'ticket',
    presentedAt: at,
    checkedAt: at,
    freshness: null,
    reference: 'till 4, receipt 2231',
    scannedAt: null,
  };
  const presentation: KeptPresentation = {
    id: mint('presentation'),
    ticketHash: base64url(random(32)),
    secretHash: base64url(random(32)),
    state: 'used',
    copy: null,
    sealedClaims: null,
    presentedAt: at,
    expiresAt: at,
  };
  const asking: KeptAsking = {
    verification: verification.id,
    presentation: presentation.id,
    terminal: till,
    approved: true,
    questionHash: base64url(random(32)),
    sealedAsking: random(SEALED_BYTES),
    askedAt: at,
  };
  return { verification, presentation, asking };
}
