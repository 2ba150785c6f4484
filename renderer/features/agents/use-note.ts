import { useStore } from 'zustand';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { selectRecords } from '../../hub/use-records.ts';
import { capitalized, endingOf, isTransient, reasonOf } from './present-agent.ts';
import { useLostWorktree } from './use-lost-worktree.ts';
import { useRestartWords } from './use-restart-words.ts';

/** What the agent of this id waits for the operator with, in a line. */
export function useAsked(id: string): string | undefined {
  // As text, so that what others wait with renders nothing here.
  return useStore(
    useHub().mirror,
    (state) =>
      selectRecords(state, 'waiting').find(
        ({ agent, isBlocking, snoozedUntilMs }) =>
          agent === id && isBlocking && snoozedUntilMs === undefined,
      )?.title,
  );
}

/** What stands beside its status: that its worktree is gone, what it waits for the operator with, else what it says of itself, or how it ended. */
export function useNote(agent: AgentRecord): string {
  const asked = useAsked(agent.id);
  const restart = useRestartWords(agent);
  const lost = useLostWorktree(agent);
  if (lost !== undefined) return lost.message;
  if (asked !== undefined) return asked;
  if (agent.paused) return reasonOf(agent);
  if (agent.state === 'running') return agent.status.note ?? '';
  if (isTransient(agent.state)) return '';
  const ending = agent.failure?.message ?? endingOf(agent)?.text ?? reasonOf(agent);
  return restart === undefined ? ending : `${capitalized(restart)}. ${ending}`;
}
