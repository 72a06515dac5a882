/** What somebody holds who runs the service, reads its database and logs, and has all shops on their side. */

/** Somebody with a wallet. What they can prove is no secret: who proves it is hidden among those who can. */
export interface Somebody {
  readonly name: string;
  /** Those of one crowd can prove the same. */
  readonly crowd: string;
}

/** A request as it arrived, whoever made it. */
export interface Arrival {
  /** Milliseconds since 1970, by the service's clock. */
  readonly at: number;
  readonly address: string;
  /** Method and path. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly answer: string;
  /** Whose it was, where a token in it says so. */
  readonly person: string | null;
}

/** A pass as a shop was shown it. */
export interface Sighting {
  readonly at: number;
  /** Of the till. */
  readonly address: string;
  readonly digits: string;
}

/** All of it. Whose a sighting was is not in it: that is what is to be found out. */
export interface Evidence {
  readonly people: readonly Somebody[];
  readonly arrivals: readonly Arrival[];
  readonly sightings: readonly Sighting[];
}
