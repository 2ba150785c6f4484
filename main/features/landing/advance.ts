/** Moves of a story by the hub, each with its cause. Pure. */
import type { StoryCause } from '../../../preload/contract/story-facts.ts';
import type { TransitionName } from '../../../preload/contract/story-stages.ts';
import type { Step } from './steps.ts';
import type { View } from './view.ts';

const longest = 2_000;

export interface Move {
  readonly transition: TransitionName;
  readonly cause: StoryCause;
  readonly reason?: string | undefined;
  readonly merge?: { readonly mergeCommit: string; readonly mergedMs: number };
  readonly failure?: { readonly kind: string; readonly detail: string };
}

export function advance({ story: { id: story } }: View, { reason, failure, ...move }: Move): Step {
  return {
    key: `${move.transition}`,
    command: {
      type: 'story.advance',
      data: {
        ...{ story, ...move },
        ...(reason !== undefined && { reason: cut(reason) }),
        ...(failure !== undefined && { failure: { ...failure, detail: cut(failure.detail) } }),
      },
    },
  };
}

/** What it takes to go on is said, and by whom it can be done. */
export function block(view: View, cause: StoryCause, reason: string): Step {
  return advance(view, { transition: 'block', cause, reason });
}

const ways = { qa: 'fail', merge: 'abort_merge', merge_failed: 'fix' } as const;

/** To its agent again, with what is to be mended. */
export function sendBack(view: View, cause: StoryCause, reason: string): Step {
  const transition = ways[view.row.stage as keyof typeof ways] ?? 'fail';
  return advance(view, { transition, cause, reason });
}

/** Never empty: a reason that says nothing is no reason. */
export function cut(text: string): string {
  const said = text.trim();
  if (said === '') return 'No reason was given.';
  return said.length <= longest ? said : `${said.slice(0, longest - 1)}…`;
}

export function tooOften(strikes: number, detail: string): string {
  return `Its merge failed ${strikes} ${strikes === 1 ? 'time' : 'times in a row'}. Last: ${detail}`;
}
