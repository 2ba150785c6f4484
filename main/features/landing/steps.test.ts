import { describe, expect, it } from 'vitest';
import { pin } from '../../../test/harness/given-events.ts';
import { hex } from '../../../test/harness/hub-ports.ts';
import { mergeFailureKinds } from '../../../preload/contract/merge-failures.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Place } from '../../../preload/contract/story-facts.ts';
import type { Agent } from '../agents/index.ts';
import type { Story } from '../stories/index.ts';
import { natures } from './failed-steps.ts';
import { landingSettings } from './settings.ts';
import { type Landing, newLanding } from './slice.ts';
import { stepsOf } from './steps.ts';
import type { View } from './view.ts';

const commit = hex('a');

interface Given {
  readonly place: Place;
  readonly approval?: Partial<ApprovalRecord>;
  readonly row?: Partial<Landing>;
  readonly story?: Partial<Story>;
  readonly view?: Partial<View>;
  /** Agents by name, in these states. */
  readonly agents?: Readonly<Record<string, Partial<Agent>>>;
}

function viewOf({ place, approval, row, story, view, agents = {} }: Given): View {
  const line = 'over' in place ? place.over : place;
  const asked = approval && {
    ...{ id: 'p-1', agent: 'a', title: 'Work', pin, story: 's-1', state: 'pending' },
    ...approval,
  };
  return {
    row: {
      ...newLanding('s-1'),
      ...{ stage: place.stage, commit: 'commit' in line ? line.commit : undefined },
      ...(asked && { approval: 'p-1' }),
      ...row,
    },
    story: {
      ...{ id: 's-1', title: 'Work', type: 'story', review: 'gates', agent: 'a', place },
      ...{ criteria: [], sinceMs: 0 },
      ...story,
    } as unknown as Story,
    approval: asked as ApprovalRecord | undefined,
    standing: [],
    gates: { state: 'green', red: [], again: 0 },
    configured: { required: 1, unreadable: undefined },
    settings: { ...landingSettings([]), mergeProfile: 'claude', reviewProfile: 'claude' },
    agent: (id) => agents[id] as Agent | undefined,
    isBusyElsewhere: () => false,
    freeName: (wish) => wish,
    trouble: () => undefined,
    nowMs: 10_000_000,
    ...view,
  };
}

/** What would be done first, in a word. */
function first(given: Given): string {
  const [step] = stepsOf(viewOf(given));
  if (step === undefined) return 'waits';
  if ('wakeMs' in step) return `until ${step.wakeMs}`;
  return step.key;
}

const qa: Place = { stage: 'qa', commit };
const merge: Place = { stage: 'merge', commit };
const sealed: Place = { ...merge, sealed: 'p-1' };
const failed = (kind: string): Place => ({ stage: 'merge_failed', commit, kind, detail: 'so' });
const considered = { considering: true } as const;
const denied = { state: 'denied', note: 'no' } as const;

describe('what follows', () => {
  it.each<[string, Given, string]>([
    ['in qa without a request', { place: qa }, 'request'],
    ['in qa, nobody’s, and never anybody’s', { place: qa, story: { agent: undefined } }, 'waits'],
    [
      'in qa, nobody’s any more',
      { place: qa, story: { agent: undefined }, row: { hadAgent: true } },
      'block',
    ],
    ['in qa without a commit', { place: { stage: 'qa' } }, 'fail'],
    ['with green gates', { place: qa, approval: considered }, 'pass/p-1'],
    [
      'with red gates, whoever reviews it',
      {
        ...{ place: qa, approval: {}, story: { review: 'human' } },
        view: { gates: { state: 'red', red: [], again: 0 } },
      },
      'fail',
    ],
    [
      'with gates that were not asked for',
      { place: qa, approval: considered, view: { gates: { state: 'none', red: [], again: 0 } } },
      'plan/p-1',
    ],
    [
      'with gates of a config that cannot be read',
      {
        ...{ place: qa, approval: considered },
        view: { configured: { required: 1, unreadable: 'config.toml' } },
      },
      'leave/p-1',
    ],
    ['that waits for the operator', { place: qa, approval: {} }, 'waits'],
    [
      'that an agent is to review',
      { place: qa, approval: considered, story: { review: 'agent' } },
      'review/p-1',
    ],
    ['approved in qa', { place: qa, approval: { state: 'approved' } }, 'pass'],
    ['denied in qa', { place: qa, approval: denied }, 'fail'],
    ['denied in merge', { place: merge, approval: denied }, 'abort_merge'],
    ['denied after its merge failed', { place: failed('conflict'), approval: denied }, 'fix'],
    ['in the queue', { place: merge, approval: { state: 'approved' } }, 'waits'],
    ['merged', { place: merge, approval: { state: 'merged', settledMs: 5 } }, 'merged'],
    ['not merged', { place: merge, approval: { state: 'failed' } }, 'fail_merge'],
    [
      'not merged, and taken back before that was told',
      { place: sealed, approval: { state: 'withdrawn' } },
      'fail_merge',
    ],
    ['not merged, and its request is not known', { place: sealed }, 'fail_merge'],
    ['at the last step of its merge', { place: sealed, approval: { state: 'merging' } }, 'waits'],
    [
      'not merged because a person must look',
      {
        place: merge,
        approval: { state: 'failed', failure: { code: 'STORY_UNFIT', message: 'm', mend: '' } },
      },
      'leave/p-1',
    ],
    [
      'tried again',
      { place: merge, approval: { state: 'failed' }, row: { isRetried: true } },
      'pass/p-1',
    ],
    [
      'left to the operator after it failed',
      { place: merge, approval: { state: 'failed' }, row: { isLeft: true } },
      'waits',
    ],
    ['frozen with a request', { place: { stage: 'frozen', over: qa }, approval: {} }, 'drop/p-1'],
    [
      'held with a request that nobody decided',
      { place: { stage: 'held', over: qa }, approval: {} },
      'waits',
    ],
    [
      'held with a yes that waits in the queue',
      { place: { stage: 'held', over: merge }, approval: { state: 'approved' } },
      'drop/p-1',
    ],
    ['let go on after help', { place: failed('empty'), row: { isResumed: true } }, 'retry_merge'],
    [
      'whose merge agent works',
      {
        ...{ place: failed('conflict'), story: { agent: 'm' } },
        row: { mender: { agent: 'm', kind: 'conflict', sinceMs: 0, isLimited: true } },
        agents: { m: { state: 'running' } },
      },
      'waits',
    ],
    [
      'whose coder has lost it: the pipeline ends its program',
      {
        place: { stage: 'coding' },
        row: { helpers: [{ agent: 's-1-work' }] },
        agents: { 's-1-work': { state: 'running' } },
      },
      'waits',
    ],
    [
      'whose merge agent has lost it',
      {
        place: { stage: 'coding' },
        row: { helpers: [{ agent: 'merge-s-1' }] },
        agents: { 'merge-s-1': { state: 'running' } },
      },
      'destroy/merge-s-1',
    ],
    [
      'done, with an agent that was made for it',
      {
        place: { stage: 'done' },
        row: { helpers: [{ agent: 'm' }] },
        agents: { m: { state: 'running' } },
      },
      'destroy/m',
    ],
  ])('for one %s', (_what, given, key) => {
    expect(first(given)).toBe(key);
  });

  const byNature = {
    mend: 'mend/merge-s-1',
    retry: 'retry_merge',
    person: 'block',
    empty: 'block',
  };
  it.each(mergeFailureKinds.map((kind) => [kind, byNature[natures[kind]]] as const))(
    'after a merge that failed by %s: %s',
    (kind, key) => {
      expect(first({ place: failed(kind), row: { strikes: 1 } })).toBe(key);
    },
  );

  it.each(['conflict', 'moved-target'])('after three in a row by %s it is blocked', (kind) => {
    expect(first({ place: failed(kind), row: { strikes: 3 } })).toBe('block');
  });

  it('is tried again later and later', () => {
    const story = { sinceMs: 9_999_000 };
    const at = (strikes: number) =>
      first({ place: failed('moved-target'), story, row: { strikes } });
    expect([at(1), at(2)]).toEqual(['until 10001000', 'until 10007000']);
  });
});
