// Runs one program at a time and passes signals on to it.

import { spawn } from 'node:child_process';

/** Ctrl-C reaches this process from the terminal and again from npm: within this time it is one wish. */
const SAME_WISH_MS = 1000;

/** npm that is killed outright says nothing. Its end shows in another process being the parent of this one. */
const PARENT_LOOK_MS = 500;
const PARENT = process.ppid;
const UNDER_NPM = process.env.npm_lifecycle_event !== undefined;

/** Closing the terminal asks for the same clean stop as a SIGTERM. */
const PASSED_ON = { SIGINT: 'SIGINT', SIGTERM: 'SIGTERM', SIGHUP: 'SIGTERM' };

// A process group of its own keeps the terminal's signal away from the child, so that it gets ours and no other.
const OWN_GROUP = process.platform !== 'win32';

/**
 * Runs a program to its end: `{ code, signal, asked, output }`. Each stop signal that this process gets is passed on
 * once; `asked` is the last of them, or null.
 * `quiet` keeps what the program says in `output` instead of showing it. `leash` stops the program cleanly when
 * this process is killed; it needs a Node program that imports leash.mjs.
 */
export function run(file, args, { quiet = false, leash = false, env = process.env, cwd } = {}) {
  const child = spawn(file, args, { cwd, env, detached: OWN_GROUP, stdio: stdioOf(quiet, leash) });
  let output = '';
  for (const stream of quiet ? [child.stdout, child.stderr] : []) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const passing = passSignalsTo(child);
  return new Promise((resolve) => {
    // A pipe can end after the program: 'close' waits for both. Without pipes the exit itself is enough.
    child.once(quiet ? 'close' : 'exit', (code, signal) => {
      passing.end();
      resolve({ code, signal, asked: passing.last, output });
    });
    child.once('error', (error) => {
      passing.end();
      resolve({ code: 127, signal: null, asked: passing.last, output: `${file}: ${error.message}\n` });
    });
  });
}

/** Ends this process as the child ended: with its exit code, or by its signal so that npm stays calm about Ctrl-C. */
export function endLike({ code, signal }) {
  if (signal === null) process.exit(code ?? 1);
  process.kill(process.pid, signal);
  // Only reached for as long as the signal is on its way.
  setTimeout(() => process.exit(1), 1000);
  return new Promise(() => {});
}

function stdioOf(quiet, leash) {
  if (quiet) return ['ignore', 'pipe', 'pipe'];
  return leash ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
}

function passSignalsTo(child) {
  const passing = { last: null, end };
  let lastAt = Number.NEGATIVE_INFINITY;
  const pass = (signal) => {
    const now = performance.now();
    if (now - lastAt < SAME_WISH_MS || child.pid === undefined) return;
    lastAt = now;
    passing.last = PASSED_ON[signal];
    try {
      process.kill(OWN_GROUP ? -child.pid : child.pid, passing.last);
    } catch {
      // It has just ended by itself.
    }
  };
  const signals = Object.keys(PASSED_ON);
  for (const signal of signals) process.on(signal, pass);
  const watch = setInterval(() => {
    if (!UNDER_NPM || process.ppid === PARENT) return;
    clearInterval(watch);
    pass('SIGTERM');
  }, PARENT_LOOK_MS);
  function end() {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, pass);
  }
  return passing;
}
