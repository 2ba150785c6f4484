import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecords } from '../../hub/use-records.ts';
import { endingOf, isTransient, reasonOf } from './present-agent.ts';

/** What stands beside its status: what it waits for the operator with, else what it says of itself, or how it ended. */
export function useNote(agent: AgentRecord): string {
  const asked = useRecords('waiting').find(
    (item) => item.agent === agent.id && item.isBlocking && item.snoozedUntilMs === undefined,
  );
  if (asked) return asked.title;
  if (agent.state === 'running') return agent.status.note ?? '';
  if (isTransient(agent.state)) return '';
  return agent.failure?.message ?? endingOf(agent)?.text ?? reasonOf(agent);
}
