import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { limitReached } from '../../../../preload/contract/limits.ts';
import { grantWords } from './limit-words.ts';
import { useUses } from './use-uses.ts';

/** What a start comes to, of an agent that a limit stopped; as the limit is now. */
export function LimitGrant({ agent }: { agent: AgentRecord }) {
  const { uses } = useUses(agent.id);
  const kind = limitReached(agent.failure);
  const use = uses?.find((one) => one.kind === kind);
  if (kind === undefined || use === undefined) return null;
  return <p className="mt-3">{grantWords(kind, use.of)}</p>;
}
