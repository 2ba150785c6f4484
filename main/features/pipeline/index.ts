/** The pipeline: written stories go to agents by themselves, from the backlog to their checks. See README.md. */
import { pipeline as contract } from '../../../preload/contract/pipeline.ts';
import { ok } from '../../base/result.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { nodeNowOf, selectStories } from '../stories/index.ts';
import {
  decideBegin,
  decideDrop,
  decideFail,
  decidePause,
  decideStart,
  type PlanOf,
} from './decide.ts';
import { watchStories } from './look.ts';
import { plan } from './plan.ts';
import type { PipelinePorts } from './ports.ts';
import { reducePipeline } from './reduce.ts';
import type { Scene } from './scene.ts';
import { initialPipeline, type PipelineState } from './slice.ts';
import { statusOf } from './status.ts';
import { StoryIndexer } from './story-index.ts';
import { decideEnd, decideHand, decideRemind, lookAtWork } from './work.ts';
import { pipelineWaits } from './waits.ts';
import { describePipeline, pipelineTopics } from './words.ts';

export { pipelineSettings } from './settings.ts';
export { type PipelineState, selectPipeline } from './slice.ts';
export { type StoryIndex, StoryIndexer } from './story-index.ts';

export function pipelineFeature(ports: PipelinePorts): Feature {
  const indexer = new StoryIndexer();
  let sinceMs = 0;
  const planOf: PlanOf = ({ hub, state, nowMs }) => {
    const stories = selectStories(hub);
    const scene: Scene = {
      ...{ stories, index: indexer.of(stories), agents: selectAgents(hub), pipeline: state },
      ...{ settings: ports.settings(), profiles: ports.profiles, nowMs, sinceMs },
    };
    return { scene, plan: plan(scene) };
  };
  return feature(contract, {
    initial: initialPipeline,
    version: 1,
    commands: {
      'pipeline.start': { decide: decideStart },
      'pipeline.pause': { decide: decidePause },
      'pipeline.begin': { decide: decideBegin(planOf) },
      'pipeline.drop': { decide: decideDrop(planOf) },
      'pipeline.fail': { decide: decideFail },
      'pipeline.hand': handler({
        prepare: (data, ctx) => lookAtWork(ports, data, ctx),
        decide: decideHand(planOf, ports),
      }),
      'pipeline.end': handler({
        prepare: (data, ctx) => lookAtWork(ports, data, ctx),
        decide: decideEnd(planOf, ports.settings),
      }),
      'pipeline.remind': { decide: decideRemind(planOf) },
    },
    queries: {
      'pipeline.status': async (data, ctx) =>
        ok(statusOf(planOf(ctx), data, (story) => nodeNowOf(story, ctx).nodeNow)),
    },
    reduce: reducePipeline,
    waits: pipelineWaits,
    topics: pipelineTopics,
    describe: describePipeline,
    start(life: Life<PipelineState>) {
      sinceMs = life.clock.now();
      watchStories(ports, life, () =>
        planOf({ hub: life.hub(), state: life.state(), nowMs: life.clock.now() }),
      );
    },
  });
}
