/** Commits that are where they do not belong, and the words that bring them back. Pure. */
import type { StrayCommit } from '../../../preload/contract/commit-facts.ts';

/** `2 commits on main`; by place, in the order they came. */
export function bringOverWords(commits: readonly StrayCommit[]): string {
  const counts = new Map<string, number>();
  for (const { branch = 'no branch' } of commits) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  return [...counts]
    .map(([place, count]) => `${count === 1 ? '1 commit' : `${count} commits`} on ${place}`)
    .join(', ');
}

/** For a terminal in the worktree: back to its branch, with the commits. Oldest first, as they were made. */
export function bringOver(branch: string, commits: readonly StrayCommit[]): string {
  const ids = commits.map(({ commit }) => commit);
  return `git switch ${quoted(branch)} && git cherry-pick ${ids.join(' ')}`;
}

/** Gives what a rewritten branch left behind a name again. */
export function bringBack(agent: string, { ref, commit }: { ref: string; commit: string }): string {
  return `git branch ${quoted(`${agent}-${commit.slice(0, 7)}`)} ${quoted(ref)}`;
}

/** The commits that a branch left when it was moved back to `commit`. */
export function listLeft(commit: string, keptRef: string): string {
  return `git log --oneline ${quoted(`${commit.slice(0, 12)}..${keptRef}`)}`;
}

/** As one word of a POSIX shell, whatever stands in it. */
function quoted(word: string): string {
  return /^[\w./@+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
