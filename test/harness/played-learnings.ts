// `.musher/learnings.md` in memory, and somebody who saves it at the worst moment.

import type { LearningsFile } from '../../main/features/learnings/ports.ts';
import type { Outside } from './hub-ports.ts';

export function playedLearnings(
  outside: Pick<Outside, 'learnings' | 'before' | 'beforeLearnings'>,
): LearningsFile {
  return {
    path: '.musher/learnings.md',
    read: async () => outside.learnings,
    async replace(before, after) {
      await outside.before('replace learnings');
      outside.beforeLearnings();
      if (outside.learnings !== before) return false;
      outside.learnings = after;
      return true;
    },
  };
}
