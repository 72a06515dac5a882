/**
 * A town: people whose phones run the wallet's own code, shops they go to, and somebody who writes down every request
 * and every code. Days pass in minutes. The wallet can be made to leak in one way or another.
 */

import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { call } from '../../src/cli/demo/call.ts';
import { showPass } from '../../src/formats/pass.ts';
import type { Claim } from '../../src/kernel/claims.ts';
import { fill, lockPhone, lookUp } from '../../src/web/wallet/enrol.ts';
import type { Face } from '../../src/web/wallet/face.ts';
import { readOfferLink } from '../../src/web/wallet/offer.ts';
import { inlineBlinder } from '../../src/web/wallet/passes/blinder.ts';
import { correctedNow, readBook, writeBook } from '../../src/web/wallet/passes/book.ts';
import { stockUp } from '../../src/web/wallet/passes/stock-up.ts';
import { redeem } from '../../src/web/wallet/redeem.ts';
import { refill } from '../../src/web/wallet/refill.ts';
import { signIn } from '../../src/web/wallet/sign-in.ts';
import { unlock } from '../../src/web/wallet/unlock.ts';
import { readFace } from '../../src/web/wallet/vault.ts';
import { ADA, offeredPerson, type Shop, shopWith } from '../support/people.ts';
import type { RunningService } from '../support/service.ts';
import { type MadeUpPhone, madeUpPhone } from '../web/wallet/support/made-up-phone.ts';
import { makeAllKeys, passService } from '../web/wallet/support/pass-phone.ts';
import { seeded } from './chance.ts';
import type { Arrival, Evidence, Sighting } from './evidence.ts';
import { type SplitView, splitView } from './split-view.ts';

/** Ways in which a wallet, or who serves it, could give its holder away. */
export type Leak =
  | 'refills right after use'
  | 'calls to unlock'
  | 'a key for one person only'
  | 'shows from a stale window'
  | 'a constant clock offset'
  | 'a cookie on a public fetch';

/** What was seen over some days, and whose the sightings were. */
export interface Days {
  readonly evidence: Evidence;
  readonly truth: readonly string[];
}

interface Person {
  readonly name: string;
  readonly home: string;
  readonly phone: MadeUpPhone;
  /** What the phone shows least: its holder's claims, in the order in which they are shown. */
  readonly claims: readonly Claim[];
  /** What this person alone is answered, where the operator does that. */
  readonly split: SplitView;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const SETTINGS = {
  ...{ PASSES: 'on', AGES: '18', STATUSES: 'student', PASS_QUOTA: '2', PASS_LISTED_DAYS: '3' },
  TRUSTED_PROXIES: '1',
};
/** What a browser that looks for a new version of a page asks for. */
const UPDATE = '/wallet-worker.js';

export class Town {
  readonly #running: RunningService;
  readonly #people: readonly Person[];
  readonly #shops: readonly Shop[];
  readonly #random: () => number;
  /** Of all time: nobody forgets. */
  readonly #arrivals: Arrival[] = [];
  #acting: { person: Person | null; address: string; leak: Leak | null };

  private constructor(running: RunningService, people: readonly Person[], shops: readonly Shop[]) {
    this.#running = running;
    this.#people = people;
    this.#shops = shops;
    this.#random = seeded(20_261_122);
    this.#acting = { person: null, address: '', leak: null };
  }

  /** Founds a town: everybody enrols, and stocks up for the first time. */
  static async found(t: TestContext, size: number, shops: number): Promise<Town> {
    const running = await passService(t, SETTINGS);
    const opened: Shop[] = [];
    for (let at = 0; at < shops; at++)
      opened.push(await shopWith(running, ['age_over_18', 'status_student']));
    const random = seeded(7);
    const people: Person[] = [];
    for (let at = 0; at < size; at++) people.push(personOf(running, at, random));
    const town = new Town(running, people, opened);
    const real = globalThis.fetch;
    t.after(() => {
      globalThis.fetch = real;
    });
    globalThis.fetch = (input, init) => town.#overTheWire(real, String(input), init ?? {});
    for (const person of people) await town.#enrol(person);
    return town;
  }

  /** What the service logged so far. */
  log(): string {
    return this.#running.log();
  }

  /** Lets some days pass, with a leak or without, and answers what was seen. */
  async live(days: number, leak: Leak | null = null): Promise<Days> {
    const sightings: Sighting[] = [];
    const truth: string[] = [];
    if (leak === 'a constant clock offset') await this.#goByOwnClocks();
    for (let day = 0; day < days; day++) {
      const began = Math.ceil(this.#running.now().getTime() / DAY) * DAY;
      this.#goTo(began);
      await makeAllKeys(this.#running);
      for (const { at, person, act } of await this.#plansFor(began, leak, day)) {
        this.#goTo(at);
        const sighting = await act();
        if (sighting === null) continue;
        sightings.push(sighting);
        truth.push(person.name);
      }
    }
    const people = this.#people.map(({ name, claims }) => ({ name, crowd: claims.join() }));
    return { evidence: { people, arrivals: [...this.#arrivals], sightings }, truth };
  }

  /** What everybody does that day, in the order of time. */
  async #plansFor(began: number, leak: Leak | null, day: number) {
    const plans: { at: number; person: Person; act: () => Promise<Sighting | null> }[] = [];
    for (const [number, person] of this.#people.entries()) {
      const shop = Math.floor(this.#random() * this.#shops.length);
      const at = began + (8 + 12 * this.#random()) * HOUR;
      plans.push({ at, person, act: () => this.#shop(person, shop, leak) });
      const skips = leak === 'shows from a stale window' && (number + day) % 2 === 0;
      if (leak === 'refills right after use' || skips) continue;
      const drawn = await this.#drawnTime(person, began);
      plans.push({ at: drawn, person, act: () => this.#stockAtHome(person, leak) });
    }
    return plans.sort((a, b) => a.at - b.at);
  }

  /** When the phone means to fetch for the next window: its holder opens it then, or in the hour after. */
  async #drawnTime({ phone }: Person, began: number): Promise<number> {
    const { draws } = await readBook(phone.shelf);
    const drawn =
      draws.find(({ window }) => window * 1_000 === began + DAY)?.at ?? began + DAY * this.#random();
    return Math.min(began + DAY - MINUTE, Math.max(began, drawn) + this.#random() * HOUR);
  }

  async #enrol(person: Person): Promise<void> {
    const { phone } = person;
    this.#acting = { person, address: person.home, leak: null };
    const statuses = person.claims.includes('status_student') ? ADA.statuses : [];
    const offered = await offeredPerson(this.#running, { ...ADA, statuses, external_id: person.name });
    const link = readOfferLink(offered.offerUri);
    const found = link && (await lookUp(phone, link));
    if (found === null || typeof found === 'string') throw new Error(`no offer: ${found}`);
    const redeemed = await redeem(phone.fetch, found.issuer, found.offer, offered.txCode);
    if (typeof redeemed === 'string') throw new Error(`not redeemed: ${redeemed}`);
    const locked = await lockPhone(phone, found.issuer, redeemed.token);
    if (typeof locked === 'string') throw new Error(`not locked: ${locked}`);
    const trouble = await fill(phone, { ...found, token: redeemed.token }, locked.vault);
    if (trouble !== null) throw new Error(`not filled: ${trouble}`);
    await this.#stock(person, redeemed.token);
  }

  async #stockAtHome(person: Person, leak: Leak | null): Promise<null> {
    this.#acting = { person, address: person.home, leak };
    const signed = await signIn(person.phone);
    if (typeof signed === 'string') throw new Error(`not signed in: ${signed}`);
    await this.#stock(person, signed.session.token);
    return null;
  }

  async #stock({ phone }: Person, token: string): Promise<void> {
    const vault = await unlock(phone, await faceOf(phone));
    if (typeof vault === 'string') throw new Error(`locked: ${vault}`);
    const { trouble } = await stockUp({ phone, blinder: inlineBlinder(phone.world.random) }, vault, token);
    if (trouble !== null) throw new Error(`not stocked up: ${trouble}`);
  }

  /** Somebody goes to a shop, opens the wallet there, and shows one pass, which the till asks about. */
  async #shop(person: Person, shop: number, leak: Leak | null): Promise<Sighting> {
    const { phone, claims } = person;
    const address = `10.1.0.${shop}`;
    this.#acting = { person, address, leak };
    await fetch(this.#running.url + UPDATE);
    if (leak === 'calls to unlock') await signIn(phone);
    const vault = await unlock(phone, await faceOf(phone));
    const claim = claims[Math.floor(this.#random() * claims.length)] ?? 'age_over_18';
    const taken = typeof vault === 'string' ? null : await vault.passes.take(claim);
    if (taken === null) throw new Error(`${person.name} has no pass`);
    const now = correctedNow(await readBook(phone.shelf), phone.world);
    const digits = await showPass(taken.pass, now, (data) => taken.device.sign(data));
    const at = this.#running.now().getTime();
    await this.#ask(shop, digits, claim);
    if (leak === 'refills right after use') await this.#refillNow(person);
    return { at, address, digits };
  }

  async #ask(shop: number, token: string, claim: Claim): Promise<void> {
    const before = this.#acting;
    this.#acting = { person: null, address: before.address, leak: null };
    const key = this.#shops[shop]?.key ?? '';
    const json = { token, ask: { claims: [claim] } };
    const { body } = await call(`${this.#running.url}/v1/verifications`, {
      method: 'POST',
      token: key,
      json,
    });
    this.#acting = before;
    const own = before.leak === 'a key for one person only';
    if (body.outcome !== 'approved' && !own) throw new Error(`refused: ${String(body.reason)}`);
  }

  /** The wallet would not: its next fetch was drawn. This one forgets the draw. */
  async #refillNow(person: Person): Promise<void> {
    this.#goTo(this.#running.now().getTime() + 20_000);
    await writeBook(person.phone.shelf, ({ draws }) => ({
      draws: draws.map((draw) => ({ ...draw, at: 0 })),
    }));
    await this.#stockAtHome(person, 'refills right after use');
  }

  /** The wallet goes by what the service says the time is. This one does not hear it, and its clock is off. */
  async #goByOwnClocks(): Promise<void> {
    for (const [number, person] of this.#people.entries()) {
      const { phone, home } = person;
      this.#acting = { person, address: home, leak: 'a constant clock offset' };
      const offset = (number - this.#people.length / 2) * 5_000;
      Object.assign(phone.world, { now: () => new Date(this.#running.now().getTime() + offset) });
      Object.assign(phone, { fetch: (url: string, init: RequestInit) => fetch(url, init) });
      await writeBook(phone.shelf, () => ({ clockOffset: 0 }));
      const signed = await signIn(phone);
      const vault = await unlock(phone, await faceOf(phone));
      if (typeof signed === 'string' || typeof vault === 'string') throw new Error('it does not open');
      const trouble = await refill(phone, vault, signed.session);
      if (trouble !== null) throw new Error(`not refilled: ${trouble}`);
    }
  }

  #goTo(at: number): void {
    const ahead = at - this.#running.now().getTime();
    if (ahead > 0) this.#running.pass(ahead);
  }

  /** Every request goes through here and is written down as the service sees it. */
  async #overTheWire(real: typeof fetch, url: string, init: RequestInit): Promise<Response> {
    const { person, address, leak } = this.#acting;
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-for', address);
    if (leak === 'a cookie on a public fetch' && person !== null)
      headers.set('cookie', `seen=${person.name}`);
    const { pathname } = new URL(url);
    const at = this.#running.now().getTime();
    const split = leak === 'a key for one person only' && person !== null ? person.split : null;
    const answer = (await split?.(url, init)) ?? (await real(url, { ...init, headers }));
    headers.delete('x-forwarded-for');
    const named =
      headers.has('authorization') || pathname === '/v1/sessions' || pathname === '/oid4vci/token';
    this.#arrivals.push({
      ...{ at, address, route: `${init.method ?? 'GET'} ${pathname}` },
      headers: Object.fromEntries(headers),
      body: typeof init.body === 'string' ? init.body : '',
      answer: await answer.clone().text(),
      person: named && person !== null ? person.name : null,
    });
    // The header is written by Node, which knows nothing of the days that pass here.
    const dated = new Headers(answer.headers);
    if (leak === 'a constant clock offset') dated.delete('date');
    else dated.set('date', new Date(at).toUTCString());
    return new Response(answer.body, { status: answer.status, headers: dated });
  }
}

/** Every second one studies as well. Each phone's clock is off by some seconds. */
function personOf(running: RunningService, at: number, random: () => number): Person {
  const phone = madeUpPhone(running);
  const offset = (random() - 0.5) * 60_000;
  Object.assign(phone.world, {
    now: () => new Date(running.now().getTime() + offset),
    random: (length: number) =>
      length > 8 ? new Uint8Array(randomBytes(length)) : Uint8Array.from({ length }, () => random() * 256),
  });
  const claims: readonly Claim[] = at % 2 === 0 ? ['age_over_18'] : ['age_over_18', 'status_student'];
  return { name: `person-${at}`, home: `10.0.0.${at}`, phone, claims, split: splitView(running, phone) };
}

async function faceOf(phone: MadeUpPhone): Promise<Face> {
  const face = await readFace(phone.shelf);
  if (face === null) throw new Error('there is no face');
  return face;
}
