/** What is left of a story: agents that Musher made for it go with it, their files kept; those of the operator are left alone. Pure. */
import { isOver } from '../../../preload/contract/story-stages.ts';
import { openReview } from './slice.ts';
import type { Step } from './steps.ts';
import { isGivenUp } from './troubles.ts';
import type { View } from './view.ts';

export function clearSteps(view: View): Step[] {
  return view.row.helpers.flatMap(({ agent, isGone }) => {
    const step = isGone === true ? forget(view, agent) : clear(view, agent);
    const trouble = step === undefined ? undefined : view.trouble(step.key);
    // Told by the agent itself, which has failed: whoever looks there decides.
    return step === undefined || (trouble !== undefined && isGivenUp(trouble)) ? [] : [step];
  });
}

type Named = Extract<Step, { command: unknown }>;

function clear(view: View, name: string): Named | undefined {
  const { row, story } = view;
  const agent = view.agent(name);
  if (agent === undefined || view.isBusyElsewhere(name)) return undefined;
  const { state } = agent;
  if (row.stage === 'done' || isOver(row.stage))
    return state === 'running' || state === 'stopped' ? command('destroy', name) : undefined;
  const isAtWork =
    story.agent === name || row.mender?.agent === name || openReview(row)?.reviewer === name;
  // A reviewer or a merge agent whose word is said is not needed again; who wrote the code may be, and the pipeline has it in hand.
  if (isAtWork || !isSpent(name, story.id)) return undefined;
  return state === 'running' || state === 'stopped' ? command('destroy', name) : undefined;
}

function isSpent(name: string, story: string): boolean {
  return name.startsWith(`review-${story}`) || name.startsWith(`merge-${story}`);
}

/** An agent that is remembered takes a place: once its story is archived, its refs in git remain. */
function forget({ row }: View, name: string): Named | undefined {
  return row.stage === 'archived' ? command('purge', name) : undefined;
}

function command(verb: 'destroy' | 'stop' | 'purge', agent: string): Named {
  return { key: `${verb}/${agent}`, command: { type: `agent.${verb}`, data: { agent } } };
}
