import { Coins, Gauge, OctagonAlert } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { isBudgetSpent } from '../../../../preload/contract/say-cost.ts';
import { limitReached } from '../../../../preload/contract/limits.ts';
import type { ItemFacts, ItemLook } from '../kind.ts';

/** What came to its limit or its budget has not failed. */
const atLimit: ItemLook = { icon: Gauge, word: 'At its limit', tone: 'text-amber' };
const atBudget: ItemLook = { icon: Coins, word: 'At its budget', tone: 'text-amber' };

export const failedAgentFacts: ItemFacts<'failed-agent', AgentRecord> = {
  kind: 'failed-agent',
  of: ['agent'],
  needs: ['agent'],
  find: ({ subject }, records) => records.get('agent', subject),
  look: { icon: OctagonAlert, word: 'Failed', tone: 'text-red' },
  lookOf: ({ failure }) => {
    if (isBudgetSpent(failure)) return atBudget;
    return limitReached(failure) === undefined ? undefined : atLimit;
  },
  sort: () => 'blocked',
  dismissed: (agent) => `Dismissed the failure of ${agent}`,
};
