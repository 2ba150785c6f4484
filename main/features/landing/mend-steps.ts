/**
 * A merge agent: made at the commit of the story, given the story so that its submit is taken, bounded by the limits of agents. What fails while
 * it works does not count. Pure.
 */
import type { StoryCause } from '../../../preload/contract/story-facts.ts';
import { block, tooOften } from './advance.ts';
import { helperProfile } from './helpers.ts';
import type { Mender } from '../../../preload/contract/landing.ts';
import type { Step } from './steps.ts';
import { isGivenUp } from './troubles.ts';
import type { View } from './view.ts';

interface Failure {
  readonly kind: string;
  readonly detail: string;
  readonly cause: StoryCause;
}

export function mendStep(view: View, failure: Failure): Step | undefined {
  const { mender } = view.row;
  if (mender === undefined) return begin(view, failure);
  const { agent: name } = mender;
  const agent = view.agent(name);
  const isGone = view.row.helpers.some((one) => one.agent === name && one.isGone);
  if (agent === undefined && !isGone) {
    const trouble = view.trouble(`add/${name}`);
    return trouble !== undefined && isGivenUp(trouble)
      ? block(view, failure.cause, `Its merge agent could not be made: ${trouble.message}`)
      : { key: `add/${name}`, adds: 'merge', agent: name };
  }
  const state = agent?.state ?? 'destroyed';
  if (state === 'destroying' || state === 'destroyed') return begin(view, failure);
  if (view.story.agent !== name) return handOver(view, mender);
  if (mender.isLimited !== true) return limit(view, name);
  if (state !== 'stopped') return undefined;
  if (agent?.exit?.by === 'operator')
    return block(view, failure.cause, `Its merge agent ${name} was stopped. ${failure.detail}`);
  return begin(view, failure);
}

function begin(view: View, { kind, detail, cause }: Failure): Step {
  const { row, story, settings } = view;
  const { mergeAttempts: most } = settings;
  if (row.strikes >= most) return block(view, cause, tooOften(row.strikes, detail));
  if (row.menders >= most)
    return block(view, cause, `${row.menders} merge agents ended without mending it. ${detail}`);
  if (helperProfile(view, settings.mergeProfile) === undefined)
    return block(view, cause, `${detail} ${noProfile}`);
  const agent = view.freeName(`merge-${story.id}`);
  const data = { story: story.id, agent, kind };
  return { key: `mend/${agent}`, command: { type: 'landing.begin_mending', data } };
}

const noProfile =
  'No merge agent can be started for it: [pipeline] of config.toml names no merge_profile.';

function handOver({ story: { id: story } }: View, { agent }: Mender): Step {
  const data = { story, agent, cause: { kind: 'merge_agent', ref: agent } };
  return { key: `give/${agent}`, command: { type: 'story.hand_over', data } };
}

function limit({ settings: { mergeLimits } }: View, agent: string): Step {
  const { timeMs, turns, costUsd } = mergeLimits;
  const data = {
    ...{ agent, timeMs: Math.max(timeMs, 60_000) },
    ...(turns !== undefined && { turns }),
    ...(costUsd !== undefined && { costUsd }),
  };
  return { key: `limit/${agent}`, command: { type: 'agent.limits', data } };
}
