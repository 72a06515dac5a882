/** One visit to the till: unlock, show, hear what became of it, write it down. */

import { type Signal, signal } from '@preact/signals';
import { base64url } from '../../kernel/bytes.ts';
import { follow } from './became.ts';
import type { Choice } from './choice.ts';
import type { App } from './device/app.ts';
import { entryOf, shownEntry } from './history.ts';
import { type LiveTicket, type PresentTrouble, present, type TakenCopy } from './present.ts';
import { freshNonce } from './redeem.ts';
import { type Showing, type ShowingControl, startShowing } from './showing.ts';
import { type GatedShowing, openGate } from './showing-gate.ts';
import type { OpenVault } from './vault.ts';

export interface ShowSession extends GatedShowing {
  readonly showing: Signal<Showing>;
}

type Nonce = Awaited<ReturnType<typeof freshNonce>>;

/** Prepares a showing of a choice. The nonce is fetched while the owner's finger is awaited; it tells nothing. */
export function showSession(app: App, choice: Choice): ShowSession {
  const showing = signal<Showing>({ step: 'preparing' });
  const { gate, covered, open } = openGate(app);
  let control: ShowingControl | null = null;
  return {
    gate,
    showing,
    covered,
    async begin() {
      const early = nonceOf(app);
      const vault = await open();
      if (vault === null) return;
      performance.mark('wallet-unlocked');
      control = run(app, choice, { vault, early, showing });
    },
    cover() {
      if (showing.value.step === 'on_screen') covered.value = true;
    },
    async uncover() {
      if ((await open()) !== null) covered.value = false;
    },
    tick: () => control?.tick(),
    end: () => control?.stop(),
  };
}

interface Means {
  readonly vault: OpenVault;
  readonly early: Promise<Nonce>;
  readonly showing: Signal<Showing>;
}

function run(app: App, choice: Choice, { vault, early, showing }: Means): ShowingControl {
  const { phone } = app;
  const issuer = app.face.value?.issuer ?? '';
  const makeTicket = ticketMaker(app, choice, { vault, early });
  const diary = diaryOf(app, choice, vault);
  return startShowing({
    makeTicket,
    follow: (ticket, signal, tell) => follow(phone.fetch, { issuer, ...ticket }, signal, tell),
    now: phone.world.now,
    tell: (state) => {
      showing.value = state;
      if (state.step === 'on_screen') void diary.shown();
    },
    heard: (asking) => void diary.heard(asking),
  });
}

/** Makes one ticket after another of one copy, which is taken when the first nonce is there and not before. */
function ticketMaker(
  app: App,
  choice: Choice,
  { vault, early }: Pick<Means, 'vault' | 'early'>,
): () => Promise<LiveTicket | PresentTrouble> {
  const { fetch, world } = app.phone;
  const issuer = app.face.value?.issuer ?? '';
  let copy: TakenCopy | null = null;
  let waiting: Promise<Nonce> | null = early;
  return async () => {
    const nonce = (await waiting) ?? (await nonceOf(app));
    waiting = null;
    if (nonce === null) return 'unreachable';
    copy ??= await vault.take(choice.type);
    void app.look();
    if (copy === null) return 'no_copies';
    return present({ fetch, now: world.now }, copy, choice, { issuer, ...nonce });
  };
}

async function nonceOf(app: App): Promise<Nonce> {
  const issuer = await app.issuer();
  return typeof issuer === 'string' ? null : freshNonce(app.phone.fetch, issuer.nonceEndpoint);
}

/** Writes down that a code was shown, and puts who asked in its place. One line is written after another. */
function diaryOf({ phone }: App, choice: Choice, vault: OpenVault) {
  const id = base64url(phone.world.random(9));
  let written: Promise<void> | null = null;
  let questions = 0;
  const then = (write: () => Promise<void>): Promise<void> => {
    written = (written ?? Promise.resolve()).then(write);
    return written;
  };
  return {
    shown: () => written ?? then(() => vault.note([shownEntry(id, choice, phone.world.now())])),
    heard: (asking: Parameters<typeof entryOf>[2]) => {
      const name = questions === 0 ? id : `${id}/${questions}`;
      questions += 1;
      return then(() => vault.note([entryOf(name, choice, asking)]));
    },
  };
}
