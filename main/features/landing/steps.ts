/**
 * What happens next with a story: from what is true now to the one command that brings it on. Asked again after each, and at each start, so that
 * nothing depends on having seen it happen. Pure.
 */
import type { SystemCommand } from '../../hub/feature.ts';
import { clearSteps } from './clear-steps.ts';
import { failedStep } from './failed-steps.ts';
import { mergeStep, qaStep } from './qa-steps.ts';
import type { View } from './view.ts';

export type Step =
  | {
      /** Its name: what went wrong with it is remembered by that. */
      readonly key: string;
      readonly command: SystemCommand;
    }
  | { readonly key: string; readonly adds: 'merge' | 'review'; readonly agent: string }
  /** Nothing before then, Unix ms. */
  | { readonly wakeMs: number };

/** In the order in which they are tried. One that is tried again later does not stop those behind it. */
export function stepsOf(view: View): Step[] {
  const main = mainStep(view);
  return [...dropSteps(view), ...(main === undefined ? [] : [main]), ...clearSteps(view)];
}

function mainStep(view: View): Step | undefined {
  switch (view.row.stage) {
    case 'qa':
      return qaStep(view);
    case 'merge':
      return mergeStep(view);
    case 'merge_failed':
      return failedStep(view);
    default:
      return undefined;
  }
}

/**
 * Nothing is merged of a story that went elsewhere. What somebody is to look at first (held) keeps its request, but for a yes that waits in
 * the queue.
 */
function dropSteps({ row, story, standing, approval }: View): Step[] {
  const isOnWay = ['qa', 'merge', 'merge_failed'].includes(row.stage);
  const isKept = isOnWay || (row.stage === 'held' && approval?.state === 'pending');
  const own = isKept || approval === undefined || !canDrop.has(approval.state) ? [] : [approval];
  return [...standing, ...own].map(({ id }) => ({
    key: `drop/${id}`,
    command: {
      type: 'approval.drop_story',
      data: { approval: id, story: story.id, stage: row.stage },
    },
  }));
}

const canDrop: ReadonlySet<string> = new Set(['pending', 'failed', 'conflicted', 'approved']);
