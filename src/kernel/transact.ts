/**
 * Runs one piece of work in one transaction: everything that its stores wrote is kept, or nothing if it throws.
 * Work must use the stores that it is handed and no other: with SQLite there is one connection, and a query beside
 * the transaction would wait for it forever. Work may be run again from its beginning where another transaction got
 * in its way, so all that it changes outside the stores is what it answers.
 */
export type Transact<Stores> = <Result>(work: (stores: Stores) => Promise<Result>) => Promise<Result>;
