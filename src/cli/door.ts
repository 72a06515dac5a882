import type { Places } from '../app.ts';
import type { World } from '../kernel/world.ts';
import type { Worker } from './workers.ts';

/** All that comes in from outside the program. Only the entry point makes one. */
export interface Door {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly world: World;
  readonly places: Places;
  /** The compiled SDK, which the web till of the sandbox gives to its page. */
  readonly sdkDir: string;
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly print: (line: string) => void;
  /** Resolves when the process is asked to stop. */
  readonly stopAsked: () => Promise<void>;
  /** Whether this process is a worker of another, which speaks for it. */
  readonly isWorker: boolean;
  /** Starts another process that runs this command as a worker. */
  readonly fork: () => Worker;
}

/** Something that the person at the keyboard can put right: said without a stack. */
export class Complaint extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Complaint';
  }
}
