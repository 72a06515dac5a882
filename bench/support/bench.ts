/** How a run is to be made. */
export interface Bench {
  readonly long: boolean;
  /** How often each line's sides take turns: over HTTP, and in this process. */
  readonly rounds: { readonly http: number; readonly here: number };
  /** Seconds of load in one turn over HTTP. */
  readonly seconds: number;
  /** A folder into which the service writes a CPU profile, or null. */
  readonly profile: string | null;
  /** Says what is going on, or why something is left out. */
  readonly say: (text: string) => void;
}

/** An answer that was not the right one: the run fails, since the speed of wrong answers is none. */
export class WrongAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongAnswer';
  }
}

/** A load took more tickets than there were: it is to be repeated with more. */
export class OutOfTickets extends Error {
  constructor() {
    super('there were too few tickets');
    this.name = 'OutOfTickets';
  }
}
