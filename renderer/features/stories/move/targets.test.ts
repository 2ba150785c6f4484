import { describe, expect, it } from 'vitest';
import type { Place, StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { movedTo, sayLegal, targetsOf, type World } from './targets.ts';

const like = {
  ...{ id: 's-1', type: 'story', title: 'One', priority: 'normal', labels: [], version: 1 },
  ...{ criteriaDone: 0, criteriaTotal: 0, dependsOn: [], review: 'gates', mergeFailures: 0 },
  ...{ sinceMs: 0, addedMs: 0 },
} as const;
const at = (place: Place, over: Partial<StoryRecord> = {}) =>
  ({ ...like, place, ...over }) as StoryRecord;

const other = at({ stage: 'coding' }, { id: 's-2', agent: 'backend' });
const world: World = {
  story: (id) => (id === 's-2' ? other : undefined),
  gone: (id) => (id === 's-9' ? { id, stage: 'abandoned' } : undefined),
  inWorkOf: (agent, except) => (agent === 'backend' && except !== 's-2' ? other : undefined),
};
const to = (story: StoryRecord, stage: string) =>
  targetsOf(story, world).find((one) => one.stage === stage);

describe('where a story may go', () => {
  it('is what the table says', () => {
    expect(sayLegal(targetsOf(at({ stage: 'backlog' }), world))).toBe(
      'Coding, Done, Blocked, Held, Frozen, Abandoned, Superseded',
    );
    expect(sayLegal(targetsOf(at({ stage: 'archived' }), world))).toBe('nowhere');
  });

  it.each([
    [at({ stage: 'backlog' }), 'qa', 'Not from Backlog; from there to Coding, Done'],
    [at({ stage: 'merge', commit: 'c' }), 'merge_failed', 'Musher’s own move: conflict, red gates'],
    [at({ stage: 'backlog' }, { dependsOn: ['s-2'] }), 'coding', 'Waits for s-2'],
    [at({ stage: 'backlog' }, { dependsOn: ['s-9'] }), 'coding', 'which will not be done'],
    [at({ stage: 'backlog' }, { agent: 'backend' }), 'coding', 'backend has s-2 in work already'],
  ])('it says why not: %#', (story, stage, why) => {
    const target = to(story, stage);
    expect(target?.transition).toBeUndefined();
    expect(target?.why).toContain(why);
  });

  it.each([
    [at({ stage: 'coding' }), 'merge', 'skip_qa', ['commit']],
    [at({ stage: 'qa', commit: 'c' }), 'merge', 'pass', []],
    [at({ stage: 'qa', commit: 'c' }), 'done', 'close', ['reason']],
    [at({ stage: 'qa' }, { type: 'spike' }), 'done', 'conclude', []],
    [at({ stage: 'coding' }), 'superseded', 'supersede', ['successor']],
    [at({ stage: 'held', over: { stage: 'qa', commit: 'c' } }), 'qa', 'release', []],
    [at({ stage: 'held', over: { stage: 'qa', commit: 'c' } }), 'merge', 'approve', []],
  ])('it asks for what the move needs: %#', (story, ...[stage, transition, asks]) => {
    expect(to(story, stage)).toMatchObject({ transition, asks });
  });
});

it('a story is shown where it will be', () => {
  const coding = at({ stage: 'coding' }, { agent: 'ui' });
  expect(movedTo(coding, { to: 'blocked', said: { reason: 'key' }, atMs: 5 })).toMatchObject({
    ...{ place: { stage: 'blocked', reason: 'key', over: { stage: 'coding' } }, sinceMs: 5 },
    agent: 'ui',
  });
  expect(movedTo(coding, { to: 'backlog', atMs: 5 })).not.toHaveProperty('agent');
  const onNode = at({ stage: 'coding' }, { node: { id: 'n-1', claim: 1 } });
  expect(movedTo(onNode, { to: 'held', atMs: 5 })).toHaveProperty('node');
  expect(movedTo(onNode, { to: 'backlog', atMs: 5 })).not.toHaveProperty('node');
  const held = at({ stage: 'held', over: { stage: 'qa', commit: 'c' } });
  expect(movedTo(held, { to: 'qa', atMs: 5 }).place).toEqual({ stage: 'qa', commit: 'c' });
});
