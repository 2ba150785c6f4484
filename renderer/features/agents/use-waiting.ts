import { useMemo } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { useRecords } from '../../hub/use-records.ts';

/** How many things each agent waits for the operator with. */
export function countWaiting(
  questions: readonly QuestionRecord[],
  approvals: readonly ApprovalRecord[],
): ReadonlyMap<string, number> {
  const asked = questions
    .filter(({ state, to }) => state === 'open' && to === 'operator')
    .map(({ asker }) => asker);
  const requested = approvals.filter(({ state }) => state === 'pending').map(({ agent }) => agent);
  const counts = new Map<string, number>();
  for (const agent of [...asked, ...requested]) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return counts;
}

export function useWaiting(): ReadonlyMap<string, number> {
  const questions = useRecords('question');
  const approvals = useRecords('approval');
  return useMemo(() => countWaiting(questions, approvals), [questions, approvals]);
}
