// What git says for reviews, played: every file has nine lines, nothing moved, and only a commit of zeros is none.

import type { ReviewDiffs } from '../../main/features/reviews/ports.ts';

export const playedReviewDiffs: ReviewDiffs = {
  quote: async ({ places }) =>
    places.map(({ path, startLine, line }) => {
      if (path === 'missing') return undefined;
      if (line === undefined) return [];
      return line > 9 ? undefined : [`line ${startLine ?? line}`];
    }),
  since: async () => ({
    ...{ how: 'same-base', patch: 'since', truncated: false },
    ...{ files: [], paths: [], additions: 0, deletions: 0 },
  }),
  hunks: async () => new Map(),
  file: async ({ path, lines }) => ({ patch: `${path} ${lines}`, truncated: false }),
  doubt: async ({ commit }) => (/^0+$/.test(commit) ? 'unknown' : undefined),
  generated: async () => [],
};
