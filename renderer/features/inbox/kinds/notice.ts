import { TriangleAlert } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { ItemFacts } from '../kind.ts';

/** Of what the watchdog noticed, and of a conflict that has no record of its own. */
export const noticeFacts: ItemFacts<'notice', AgentRecord> = {
  kind: 'notice',
  of: ['watch', 'conflict'],
  needs: ['agent'],
  find: ({ agent }, records) => records.get('agent', agent),
  look: { icon: TriangleAlert, word: 'Notice', tone: 'text-amber' },
  sort: () => 'alarm',
  dismissed: (agent) => `Dismissed what was noticed of ${agent}`,
};
