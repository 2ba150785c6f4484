import { describe, expect, it } from 'vitest';
import type { StoryGone, StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { Known } from '../waits-for.ts';
import { hasPart, parseFilter, partFor, toggledPart } from './board-filter.ts';

const like = {
  ...{ type: 'story', title: 'Log in with a passkey', priority: 'normal', labels: ['ui'] },
  ...{ criteriaDone: 0, criteriaTotal: 0, dependsOn: [], review: 'gates', version: 1 },
  ...{ place: { stage: 'backlog' }, sinceMs: 0, addedMs: 0, mergeFailures: 0 },
} as const;
const of = (id: string, over: Partial<StoryRecord> = {}) =>
  ({ ...like, id, ...over }) as StoryRecord;

const stories = [
  of('s-1', { place: { stage: 'coding' }, agent: 'backend' }),
  of('s-2', { dependsOn: ['s-1'], type: 'bug', labels: ['needs design'] }),
  of('s-3', { dependsOn: ['s-9'] }),
  of('s-4', { dependsOn: ['s-8'] }),
  of('s-5', { place: { stage: 'blocked', reason: 'key', over: { stage: 'coding' } } }),
  of('s-6', { dependsOn: ['s-7'], title: 'Archived before', labels: [] }),
  of('s-11', { place: { stage: 'coding' }, node: { id: 'n-1', claim: 1 } }),
  of('s-10', { place: { stage: 'merge_failed', commit: 'c', kind: 'conflict' } }),
];
const gone: StoryGone[] = [
  { id: 's-9', stage: 'abandoned' },
  { id: 's-8', stage: 'superseded', by: 's-1' },
];
const known: Known = {
  story: (id) => stories.find((one) => one.id === id),
  gone: (id) => gone.find((one) => one.id === id),
  nodeName: (id) => (id === 'n-1' ? 'Attic' : undefined),
};
const found = (typed: string) =>
  stories.filter(parseFilter(typed, known)?.fits ?? (() => true)).map(({ id }) => id);

describe('the filter', () => {
  it.each([
    ['', ['s-1', 's-2', 's-3', 's-4', 's-5', 's-6', 's-11', 's-10']],
    ['is:node', ['s-11']],
    ['agent:n-1', ['s-11']],
    ['agent:attic', ['s-11']],
    ['attic', ['s-11']],
    ['is:free is:waiting', ['s-2', 's-3', 's-4']],
    ['passkey S-3', ['s-3']],
    ['backend', ['s-1']],
    ['type:bug', ['s-2']],
    ['label:"needs design"', ['s-2']],
    ['agent:backend', ['s-1']],
    ['is:ready', ['s-6']],
    ['is:waiting', ['s-2', 's-3', 's-4']],
    ['is:blocked', ['s-5']],
    ['is:failed', ['s-10']],
    ['is:free label:ui is:waiting', ['s-3', 's-4']],
    ['is:nonsense', []],
    ['http://x', []],
  ])('%s', (typed, ids) => {
    expect(found(typed)).toEqual(ids);
  });

  it('knows when it looks at other stories too', () => {
    expect(parseFilter('ui type:bug', known)?.looksAround).toBe(false);
    expect(parseFilter('is:ready', known)?.looksAround).toBe(true);
  });

  it('takes parts in and out', () => {
    const part = partFor('label', 'needs design');
    const typed = toggledPart('login', part);
    expect(typed).toBe('login label:"needs design"');
    expect(hasPart(typed, part)).toBe(true);
    expect(toggledPart(typed, part)).toBe('login');
  });
});
