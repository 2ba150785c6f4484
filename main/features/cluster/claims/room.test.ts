import { expect, it } from 'vitest';
import type { ClaimRecord } from '../../../../preload/contract/claim-facts.ts';
import { nodeSelfSchema } from '../../../../preload/contract/cluster-facts.ts';
import { Table } from '../../../../preload/contract/table.ts';
import type { PipelineState } from '../../pipeline/index.ts';
import type { StoriesState } from '../../stories/index.ts';
import { type Room, type RoomScene, roomOf } from './room.ts';

type Works = PipelineState['works'];

const stages = { 's-1': 'coding', 's-2': 'qa', 's-3': 'coding' };
const stories = {
  open: tableOf(Object.entries(stages).map(([id, stage]) => [id, { id, place: { stage } }])),
  over: Table.empty(),
} as unknown as StoriesState;

function tableOf(rows: ReadonlyArray<readonly [string, unknown]>): Table<unknown> {
  return rows.reduce((table, [id, row]) => table.set(id, row), Table.empty<unknown>());
}

const worksOn = (...ids: string[]): Works => tableOf(ids.map((id) => [id, {}])) as Works;
const claims = (...some: Array<Partial<ClaimRecord>>) =>
  tableOf(some.map((one, at) => [`${at}`, one])) as RoomScene['claims'];

const scene = (some: Partial<RoomScene>): RoomScene => ({
  ...{ pipeline: { isOn: true, works: Table.empty() }, stories, claims: claims() },
  ...{ maxAgents: 2, profile: 'claude', canRun: () => true, isDraining: false },
  ...some,
});

it.each<[string, Partial<RoomScene>, Room]>([
  ['nothing to do', {}, { room: 2 }],
  ['a claim that is asked for', { claims: claims({ state: 'asked' }) }, { room: 1 }],
  [
    'a claim in work and one that is checked',
    { claims: claims({ state: 'begun', local: 's-1' }, { state: 'begun', local: 's-2' }) },
    { room: 1 },
  ],
  [
    'a story of its own beside a claim, counted once each',
    {
      pipeline: { isOn: true, works: worksOn('s-1', 's-3') },
      claims: claims({ state: 'begun', local: 's-1' }),
    },
    { room: 0, takesNothing: '2 of 2 agents at work' },
  ],
  [
    'more at work than it may since its settings changed',
    { maxAgents: 1, pipeline: { isOn: true, works: worksOn('s-1', 's-3') } },
    { room: 0, takesNothing: '2 of 1 agent at work' },
  ],
  [
    'a pipeline that is paused',
    { pipeline: { isOn: false, works: Table.empty() } },
    { room: 0, takesNothing: 'its pipeline is paused: musher pipeline start' },
  ],
  [
    'no profile',
    { profile: undefined },
    { room: 2, takesNothing: 'no profile for stories that wish for none: [pipeline] profile' },
  ],
  [
    'a profile that is not there',
    { profile: 'x'.repeat(500), canRun: () => false },
    {
      room: 2,
      takesNothing: `profile "${'x'.repeat(60)}" cannot run there: [pipeline] profile`,
    },
  ],
  ['its end', { isDraining: true }, { room: 0, takesNothing: 'it is being stopped' }],
])('with %s', (_what, some, room) => {
  expect(roomOf(scene(some))).toEqual(room);
  const takesNothing = nodeSelfSchema.shape.takesNothing.safeParse(room.takesNothing);
  expect(takesNothing.success).toBe(true);
});
