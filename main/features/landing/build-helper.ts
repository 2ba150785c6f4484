/** How an agent is made for a story: at its commit, on a branch of its own, with what it has to know as its first prompt. */
import { must } from '../../base/assert.ts';
import type { Life, SystemCommand } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { bodyOf } from '../stories/index.ts';
import { helperProfile } from './helpers.ts';
import type { LandingPorts } from './ports.ts';
import { mergePrompt, reviewPrompt } from './prompts.ts';
import type { LandingState } from './slice.ts';
import type { Step } from './steps.ts';
import { viewOf, type View } from './view.ts';

interface Build {
  readonly id: string;
  readonly step: Extract<Step, { adds: unknown }>;
  readonly ports: LandingPorts;
  readonly life: Life<LandingState>;
}

export async function buildHelper({ id, step, ports, life }: Build): Promise<SystemCommand> {
  const ask = { id, hub: life.hub(), ports, trouble: () => undefined, nowMs: life.clock.now() };
  const view = must(viewOf(ask), 'a step is of a story that is there');
  const { row, story, settings } = view;
  const isMerge = step.adds === 'merge';
  const wished = isMerge ? settings.mergeProfile : settings.reviewProfile;
  const at = must(row.commit, 'it is made for a commit');
  const base = row.target ?? selectAgents(life.hub()).byId.get(story.agent ?? '')?.baseRef;
  const prompt = isMerge
    ? promptToMerge(view, base ?? '')
    : await promptToReview(view, ports, life);
  return {
    type: 'agent.add',
    data: {
      ...{ name: step.agent, profile: helperProfile(view, wished) ?? 'shell', at, prompt },
      ...(base !== undefined && { base }),
    },
  };
}

function promptToMerge({ story, row, approval }: View, target: string): string {
  const { place } = story;
  const { kind, detail = '' } = place.stage === 'merge_failed' ? place : { kind: 'conflict' };
  return mergePrompt({ story, approval, commit: row.commit ?? '', target, kind, detail });
}

async function promptToReview(
  { story, approval: found }: View,
  { review }: LandingPorts,
  { log, signal }: Life<LandingState>,
): Promise<string> {
  const approval = must(found, 'it is made for a request');
  const { id, pin } = approval;
  const { patch } = await review.diff({ approval: id, pin, signal });
  return reviewPrompt({ story, approval, patch, body: bodyOf(log, story) });
}
