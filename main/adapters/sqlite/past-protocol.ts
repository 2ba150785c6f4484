/** What the store's owner and the thread that folds the past say to each other. */
import type { WireError } from '../../../preload/contract/errors.ts';
import type { PastProgress } from '../../../preload/contract/timeline.ts';
import type { PastAnswers, PastAsk } from '../../features/timeline/ports.ts';
import type { End } from './store-thread.ts';

export type ToPast =
  | { readonly id: number; readonly ask: PastAsk }
  /** Nobody wants it any more. */
  | { readonly id: number; readonly cancel: true }
  /** The log has grown. */
  | { readonly keepUp: true }
  | End;

export type FromPast =
  | { readonly id: number; readonly answer: PastAnswers[PastAsk['kind']] }
  | { readonly id: number; readonly progress: PastProgress }
  /** `wire`: where it is one that callers know. */
  | { readonly id: number; readonly error: string; readonly wire?: WireError | undefined }
  /** Nothing can be kept; looks at the past take longer. */
  | { readonly trouble: string }
  /** Nothing is left to be done. */
  | { readonly isLevel: true };
