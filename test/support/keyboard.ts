/** What people do who have no mouse: every stop of the keyboard has to be seen. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { until } from './till.ts';

const MOST_STOPS = 80;

/** Where the keyboard is: what the thing is called, and why people could not see that it is there, or null. */
interface Stop {
  readonly name: string;
  readonly unseen: string | null;
}

const HERE = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return { name: '', unseen: null };
  const name = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '';
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const ringed = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  const inView = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const over = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1),
  );
  const covered = over !== null && !at.contains(over) && !over.contains(at) && !at.labels?.[0]?.contains(over);
  const unseen = !ringed ? 'no ring' : !inView ? 'out of view' : covered ? 'covered' : null;
  return { name: name.trim(), unseen };
})()`;

/** Waits until the keyboard is at what has this name, and fails where people could not see it. */
export async function stands(page: Page, name: string | RegExp): Promise<void> {
  let reached = '';
  await until(async () => {
    const stop = await page.evaluate<Stop>(HERE);
    reached = stop.unseen === null ? stop.name : `${stop.name}: ${stop.unseen}`;
    return fits(reached, name);
  }).catch(() => assert.fail(`The keyboard is at "${reached}", not at ${name}.`));
}

/** Waits until a dialog asks. */
export async function asked(page: Page): Promise<void> {
  await page.locator('dialog[open]').waitFor();
}

/** Goes on with the Tab key until what has this name is reached; each stop on the way has to be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    const { name: reached, unseen } = await page.evaluate<Stop>(HERE);
    // After the last thing of a page the keyboard is with the browser's own frame for a stop.
    if (reached !== '') assert.equal(unseen, null, `"${reached}" has the keyboard, unseen.`);
    if (fits(reached, name)) return;
  }
  assert.fail(`The keyboard does not reach ${name}.`);
}

/** Goes on to what has this name, and presses it. */
export async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

/** Fills fields by their labels, in their order. */
export async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) {
    await tabTo(page, label);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  }
}

function fits(reached: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? reached === name : name.test(reached);
}
