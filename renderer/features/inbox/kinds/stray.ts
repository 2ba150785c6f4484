import { GitBranch } from 'lucide-react';
import type { HeadRecord } from '../../../../preload/contract/commit-facts.ts';
import type { ItemFacts } from '../kind.ts';

export const strayFacts: ItemFacts<'stray', HeadRecord> = {
  kind: 'stray',
  of: ['stray'],
  needs: ['head'],
  find: ({ subject }, records) => {
    const head = records.get('head', subject);
    return head?.stray && head;
  },
  look: { icon: GitBranch, word: 'Stray commit', tone: 'text-amber' },
  sort: () => 'alarm',
  dismissed: (agent) => `Took the commits of ${agent} elsewhere off the list`,
};
