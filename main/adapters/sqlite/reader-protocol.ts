/** What the store and the threads that read for it say to each other: the reader's, and the one that searches. */
import type { WireError } from '../../../preload/contract/errors.ts';
import type { FindAsk, PageAsk, Verification } from '../../hub/feature.ts';
import type { FieldsByType } from './search-document.ts';
import type { End } from './store-thread.ts';

export type ReadJob =
  | { readonly kind: 'page'; readonly ask: PageAsk }
  | { readonly kind: 'verify'; readonly upTo: number };

/** Each says what documents are made of: a thread that was lost knows nothing. */
export type SearchJob =
  | { readonly kind: 'find'; readonly ask: FindAsk; readonly fields: FieldsByType }
  /** There is something new. Answered at once; the work is done in pieces, with pauses. */
  | { readonly kind: 'index'; readonly fields: FieldsByType };

export type ThreadJob = ReadJob | SearchJob;

/** Events as one JSON text: a thousand small values cost more to hand over than one long one. */
export interface JsonPage {
  readonly json: string;
  readonly more: boolean;
}

export interface FoundJson extends JsonPage {
  readonly cursor: number;
}

export interface JobResults {
  readonly page: JsonPage;
  readonly verify: Verification;
  readonly find: FoundJson;
  readonly index: { readonly begun: true };
}

export type ToReader =
  | { readonly id: number; readonly job: ThreadJob }
  /** Nobody wants it any more. */
  | { readonly id: number; readonly cancel: true }
  | End;

export type FromReader =
  | { readonly id: number; readonly result: JobResults[keyof JobResults] }
  /** `wire`: where it is one that callers know. */
  | { readonly id: number; readonly error: string; readonly wire?: WireError | undefined };
