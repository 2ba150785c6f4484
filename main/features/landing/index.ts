/** Landing: the way of a story from its check into the target branch, and out of sight. */
import { landing as contract } from '../../../preload/contract/landing.ts';
import { dueRows } from '../../base/due-rows.ts';
import type { Feature, SystemCommand } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import {
  decideBeginMending,
  decideBeginReview,
  decideEndReview,
  decideLeave,
  decideReview,
} from './decide.ts';
import { listLanding } from './list.ts';
import type { LandingPorts } from './ports.ts';
import { startReactor } from './reactor.ts';
import { reduceLanding } from './reduce.ts';
import { initialLanding, type Landing, type LandingState, toRecord } from './slice.ts';
import { landingWaits } from './waits.ts';
import { describeLanding, landingTopics } from './words.ts';

export { landingSettings } from './settings.ts';

export function landingFeature(ports: LandingPorts): Feature {
  return feature(contract, {
    initial: initialLanding,
    version: 3,
    commands: {
      'story.review': { decide: decideReview },
      'landing.begin_review': { decide: decideBeginReview },
      'landing.end_review': { decide: decideEndReview },
      'landing.begin_mending': { decide: decideBeginMending },
      'landing.leave': { decide: decideLeave },
    },
    queries: { 'landing.list': (_ask, ctx) => listLanding(ports, ctx) },
    reduce: reduceLanding,
    views: { landing: { items: (state: LandingState) => state.byId, record: toRecord } },
    waits: landingWaits,
    topics: landingTopics,
    search: {
      'landing.reviewed': { text: ['title', 'why'] },
      'landing.left': { text: ['title', 'why'] },
    },
    describe: describeLanding,
    due: dueArchives(() => ports.settings().retentionMs),
    start: (life) => startReactor(ports, life),
  });
}

/** Counted from the merge, so that neither a restart nor another retention begins anew. */
function dueArchives(retention: () => number) {
  let known: number | undefined;
  let rows = dueRows<Landing>(() => undefined);
  return ({ byId }: LandingState, nowMs: number): SystemCommand[] => {
    const retentionMs = retention();
    if (retentionMs !== known) {
      known = retentionMs;
      rows = dueRows<Landing>(({ stage, doneMs }) =>
        stage === 'done' && doneMs !== undefined ? doneMs + retentionMs : undefined,
      );
    }
    return rows(byId, nowMs).map(({ id: story }) => ({
      type: 'story.advance',
      data: { story, transition: 'archive', cause: { kind: 'timer', ref: 'retention' } },
    }));
  };
}
