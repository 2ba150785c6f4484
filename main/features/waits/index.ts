/** How long agents waited for the operator, and what was decided. A pure fold over other features' events, and two queries. */
import { endedWaitsKept, waits as contract } from '../../../preload/contract/waits.ts';
import { ok } from '../../base/result.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { readWaits } from '../../hub/waits.ts';
import { listDecided } from './decided.ts';
import { dayBegan, toDays } from './figures.ts';
import { initialWaits, reduceWaits } from './slice.ts';

/** `others`: the features whose events it reads, by what they declare of what waits. */
export function waitsFeature(others: readonly Feature[]): Feature {
  return feature(contract, {
    initial: initialWaits,
    version: 1,
    commands: {},
    queries: {
      'inbox.stats': async ({ days }, { state, nowMs }) => {
        const { byId, settled } = state.ended;
        const oldest = byId.get(settled.length < endedWaitsKept ? '' : (settled[0] ?? ''));
        return ok({
          ...(oldest !== undefined && { sinceMs: oldest.atMs }),
          days: toDays(byId.values(), dayBegan(nowMs, days - 1)),
        });
      },
      'inbox.decided': listDecided,
    },
    reduce: reduceWaits(readWaits(others)),
    views: {},
  });
}
