// Finds a browser for whatever looks at the pages.

import { delimiter, join } from 'node:path';
import { installOneOf, runs } from './apt.mjs';
import { giveUp } from './prepare.mjs';

/** Chromium without a window to draw: a page of it opens in a third of the time. Where there is none, any will do. */
const HEADLESS = 'chromium-headless-shell';
const BROWSERS = [
  HEADLESS,
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];
const BROWSER_PLACES = [
  `/usr/bin/${HEADLESS}`,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of `CHROMIUM_PATH`, one that is there, or one that is installed now; null where none can be had. */
export async function findBrowser() {
  const install = () => installOneOf([HEADLESS, 'chromium'], 'Chromium for the browser tests');
  return browserHere() ?? ((await install()) ? browserHere() : null);
}

/** The same of what is there already. */
export function browserHere() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!runs(asked)) giveUp(`CHROMIUM_PATH is ${asked}, which is no program that can be run.`);
    return asked;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => BROWSERS.map((name) => join(folder, name)));
  return [...BROWSER_PLACES, ...onPath].find(runs) ?? null;
}
