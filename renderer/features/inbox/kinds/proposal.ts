import { SlidersHorizontal } from 'lucide-react';
import type { ProposalRecord } from '../../../../preload/contract/proposal-records.ts';
import type { ItemFacts } from '../kind.ts';

export const proposalFacts: ItemFacts<'proposal', ProposalRecord> = {
  kind: 'proposal',
  of: ['proposal', 'config'],
  needs: ['proposal'],
  find: ({ subject }, records) => records.get('proposal', subject),
  look: { icon: SlidersHorizontal, word: 'Proposal', tone: 'text-amber' },
  sort: () => 'proposal',
  line: ({ why }) => why,
};
