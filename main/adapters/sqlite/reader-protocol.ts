/** What the store and its reader's thread say to each other. */
import type { WireError } from '../../../preload/contract/errors.ts';
import type { PageAsk, Verification } from '../../hub/feature.ts';
import type { End } from './store-thread.ts';

export type ReadJob =
  | { readonly kind: 'page'; readonly ask: PageAsk }
  | { readonly kind: 'verify'; readonly upTo: number };

/** Events as one JSON text: a thousand small values cost more to hand over than one long one. */
export interface JsonPage {
  readonly json: string;
  readonly more: boolean;
}

export interface JobResults {
  readonly page: JsonPage;
  readonly verify: Verification;
}

export type ToReader =
  | { readonly id: number; readonly job: ReadJob }
  /** Nobody wants it any more. */
  | { readonly id: number; readonly cancel: true }
  | End;

export type FromReader =
  | { readonly id: number; readonly result: JobResults[keyof JobResults] }
  /** `wire`: where it is one that callers know. */
  | { readonly id: number; readonly error: string; readonly wire?: WireError | undefined };
