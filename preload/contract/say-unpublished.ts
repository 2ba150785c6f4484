/** The one wording of pages and command line for a submodule commit that others cannot get. Made of untrusted words. */
import type { UnpublishedSubmodule } from './change-facts.ts';

export interface SaidUnpublished {
  /** Where the commit is and what to do about it, in one line. */
  readonly text: string;
  /** What to run for that, as a shell takes it; undefined when nothing here helps. */
  readonly command: string | undefined;
}

export function sayUnpublished(agent: string, one: UnpublishedSubmodule): SaidUnpublished {
  const { path, commit, where, command } = one;
  const place = {
    worktree: `only the worktree of ${agent} has`,
    module: "only this repository's own clone of it has, on no branch or tag of a remote",
    nowhere: 'no clone on this machine has',
  }[where];
  const advice = where === 'nowhere' ? 'See whether its remote has it' : 'Push it from there';
  const end = command === undefined ? `Ask ${agent} where it comes from.` : `${advice}:`;
  return {
    text: `${path} moves to ${commit.slice(0, 10)}, which ${place}. ${end}`,
    command: command?.map(quoted).join(' '),
  };
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
