/** Gates: the operator's commands, run on what a merge would lead to, and what holds a merge back until they have passed. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { gates as contract } from '../../../preload/contract/gates.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import type { MergeGates } from '../approvals/index.ts';
import { inboxTopic } from '../messages/index.ts';
import { Board, gatesTopic } from './board.ts';
import { decidePlan, decideRequire, decideRun } from './decide.ts';
import { gateEffects } from './effects.ts';
import { createMergeGates } from './merge-gates.ts';
import type { GatesPorts } from './ports.ts';
import { preparePlan, prepareRequire, prepareRun } from './prepare.ts';
import { listGates, showOutcome } from './queries.ts';
import {
  decideCancel,
  decideEnded,
  decideExpire,
  decideOpened,
  decideStarted,
  dueRuns,
} from './runs.ts';
import { Seats } from './seats.ts';
import { activeRuns, type GatesState, initialGates, toRunRecord } from './slice.ts';
import { reduceGates } from './reduce.ts';
import { watchRequests } from './watch.ts';
import { describeGates } from './words.ts';

export { gateSettings } from './settings.ts';
export { gatesOfRequest, type RequestGates } from './of-request.ts';
export { isHeldByGates, selectGates } from './slice.ts';

export interface Gates {
  readonly feature: Feature;
  /** For merges. */
  readonly mergeGates: MergeGates;
}

export function createGates(ports: GatesPorts): Gates {
  const board = new Board();
  const seats = new Seats(board, () => ports.settings().parallel);
  const parts = { ports, board, seats };
  return {
    feature: gatesFeature(parts),
    mergeGates: createMergeGates(ports, board),
  };
}

function gatesFeature(parts: Parameters<typeof gateEffects>[0]): Feature {
  const { ports, board } = parts;
  return feature(contract, {
    initial: initialGates,
    version: 1,
    commands: {
      'gate.run': handler({
        prepare: (data, ctx) => prepareRun(ports, data, ctx),
        decide: decideRun,
      }),
      'gate.plan': handler({
        prepare: (data, ctx) => preparePlan(ports, data, ctx),
        decide: decidePlan,
      }),
      'gate.require': handler({
        prepare: (data, ctx) => prepareRequire(ports, data, ctx),
        decide: decideRequire,
      }),
      'gate.cancel': { decide: decideCancel },
      'gate.started': { decide: decideStarted },
      'gate.opened': { decide: decideOpened },
      'gate.ended': { decide: decideEnded },
      'gate.expire': { decide: decideExpire },
    },
    queries: {
      'gate.list': (data, ctx) => listGates(ports, data, ctx),
      'gate.outcome': showOutcome,
    },
    reduce: reduceGates,
    views: {
      gateRun: { items: (state: GatesState) => state.runs.byId, record: toRunRecord },
      gateCheck: { items: (state: GatesState) => state.checks },
    },
    topics,
    describe: describeGates,
    effects: gateEffects(parts),
    due: dueRuns,
    start(life: Life<GatesState>) {
      board.attach(life);
      life.own(ports.onSettings(() => board.wake()));
      watchRequests(ports, life);
    },
    windDown: (state: GatesState) =>
      activeRuns(state).map(({ id }) => ({ type: 'gate.cancel', data: { run: id } })),
  });
}

function topics({ data }: EventEnvelope): string[] {
  const { tells } = data as { tells?: { agent: string } };
  return tells === undefined ? [gatesTopic] : [gatesTopic, inboxTopic(tells.agent)];
}
