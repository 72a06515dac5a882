import type { getVocabulary } from '../../settings/endpoints.ts';
import type { Answered } from '../api/contract-types.ts';

/** What the service attests. */
export type Vocabulary = Answered<typeof getVocabulary>['body'];
