const nothing = (): void => {};

/** What knex would print by itself is thrown as well, and the service has a log of its own. */
export const QUIET = { warn: nothing, error: nothing, debug: nothing, deprecate: nothing };
