import { useStore } from 'zustand';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { selectRecords } from '../../hub/use-records.ts';
import { endingOf, isTransient, reasonOf } from './present-agent.ts';

/** What stands beside its status: what it waits for the operator with, else what it says of itself, or how it ended. */
export function useNote(agent: AgentRecord): string {
  // As text, so that what others wait with renders nothing here.
  const asked = useStore(
    useHub().mirror,
    (state) =>
      selectRecords(state, 'waiting').find(
        (item) => item.agent === agent.id && item.isBlocking && item.snoozedUntilMs === undefined,
      )?.title,
  );
  if (asked !== undefined) return asked;
  if (agent.state === 'running') return agent.status.note ?? '';
  if (isTransient(agent.state)) return '';
  return agent.failure?.message ?? endingOf(agent)?.text ?? reasonOf(agent);
}
