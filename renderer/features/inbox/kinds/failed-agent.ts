import { Gauge, OctagonAlert } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { limitReached } from '../../../../preload/contract/watchdog.ts';
import type { ItemFacts, ItemLook } from '../kind.ts';

/** What came to its limit has not failed. */
const atLimit: ItemLook = { icon: Gauge, word: 'At its limit', tone: 'text-amber' };

export const failedAgentFacts: ItemFacts<'failed-agent', AgentRecord> = {
  kind: 'failed-agent',
  of: ['agent'],
  needs: ['agent'],
  find: ({ subject }, records) => records.get('agent', subject),
  look: { icon: OctagonAlert, word: 'Failed', tone: 'text-red' },
  lookOf: ({ failure }) => (limitReached(failure) === undefined ? undefined : atLimit),
  sort: () => 'blocked',
  dismissed: (agent) => `Dismissed the failure of ${agent}`,
};
