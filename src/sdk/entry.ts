/** What `counterproof/sdk` is. */

export type { Judged, NotJudged, NotJudgedCode, OfflineAnswer, OfflineJudged } from './answer.ts';
export type {
  Client,
  ClientOptions,
  ListedPolicy,
  OnlineAnswer,
  OnlineJudged,
  OnlineQuestion,
} from './client.ts';
export { createClient } from './client.ts';
export { indexedDbStore } from './indexed-db-store.ts';
export { memoryStore } from './memory-store.ts';
export type { Ask } from './read-ask.ts';
export type { Kept, Outcome, Spent, Store } from './store.ts';
export type { OfflineReport, Reply, SyncClient, Synced } from './sync.ts';
export type { OfflineQuestion, Verifier, VerifierOptions, VerifierStatus } from './verifier.ts';
export { createVerifier } from './verifier.ts';
