/** Moves of targets in words. */
import type { TargetAlarm } from '../../../preload/contract/targets.ts';

type Facts = Pick<TargetAlarm, 'added' | 'removed' | 'moves' | 'to'>;

const count = (commits: number) => (commits === 1 ? '1 commit' : `${commits} commits`);

/** `3 commits added, 1 taken away, by Ann <ann@example.com> (reset: moving to HEAD~1)`. */
export function sayMove({ added, removed, moves, to }: Facts): string {
  const changes = [
    ...(added > 0 ? [`${count(added)} added`] : []),
    ...(removed > 0 ? [`${count(removed)} taken away`] : []),
  ];
  const last = moves.at(-1);
  const by = last === undefined ? [] : [`by ${last.who} (${last.what})`];
  const parts = [...changes, ...by];
  return parts.length === 0 ? `now at ${to.slice(0, 8)}` : parts.join(', ');
}
