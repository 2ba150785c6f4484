/** How a thread's state looks and reads. */
import type { ThreadRecord } from '../../../../preload/contract/reviews.ts';
import type { DotShape, DotTone } from '../../../ui/status-dot.tsx';

interface ThreadLook {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

export const threadLooks: Readonly<Record<ThreadRecord['state'], ThreadLook>> = {
  open: { shape: 'ring', tone: 'amber', word: 'Open' },
  done: { shape: 'half', tone: 'blue', word: 'Done, says its agent' },
  resolved: { shape: 'check', tone: 'green', word: 'Resolved' },
};
