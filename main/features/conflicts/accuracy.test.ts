import { describe, expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { accuracyOf } from './accuracy.ts';
import type { ConflictsState } from './slice.ts';

let at = 0;
/** A second after the one before. */
function past(type: string, data: object): Past {
  at += 1_000;
  return { type, data, atMs: at };
}

const named = (files: readonly string[]) => files.map((path) => ({ path, reason: 'content' }));
const found = (conflict: string, agents: [string, string], files: string[]) =>
  past('conflict.found', {
    ...{ conflict, kind: 'in-flight', agents, files: named(files), fileCount: files.length },
    ...{ severity: 'medium', order: agents, recipients: agents },
  });
const cleared = (conflict: string, agents: [string, string], end: string) =>
  past('conflict.cleared', { conflict, kind: 'in-flight', agents, end, recipients: [] });
const asked = (approval: string, agent: string, files: string[]) => {
  const commit = { commit: hex('1'), tree: hex('2'), target: 'main', diffHash: hex('3', 64) };
  const counts = { fileCount: 1, additions: 1, deletions: 1, commitCount: 1 };
  const changed = files.map((path) => ({ path, status: 'modified' }));
  const pin = { ...commit, base: hex('b') };
  return past('approval.requested', {
    approval,
    agent,
    title: 't',
    pin,
    files: changed,
    ...counts,
  });
};
/** The same, with something else in its data. */
const but = (one: Past, more: object): Past => ({
  ...one,
  data: { ...(one.data as object), ...more },
});
const merged = (approval: string, agent: string) =>
  past('approval.merged', {
    ...{ approval, agent, title: 't', target: 'main' },
    ...{ mergeCommit: hex('e'), checkoutUpdated: false },
  });
const failed = (approval: string, agent: string, conflicts?: string[]) => {
  const error = { code: 'MERGE_CONFLICTED', message: 'm', mend: 'm' };
  return past('approval.failed', { approval, agent, title: 't', error, conflicts });
};

const pair: [string, string] = ['a', 'b'];
const withMain: [string, string] = ['refs/heads/main', 'b'];
const x = () => found('c1', pair, ['x']);
const both = () => [asked('p1', 'a', ['x']), asked('p2', 'b', ['x'])];

const stateOf = (...events: Past[]) => given(world(), ...events).state.conflicts as ConflictsState;
/** `right falseAlarm avoided pending missed`, of in-flight. */
function figures(...events: Past[]): string {
  const { kinds, missed } = accuracyOf(stateOf(...events).accuracy);
  const { right, falseAlarm, avoided, pending } = kinds.find(
    ({ kind }) => kind === 'in-flight',
  ) ?? {
    ...{ right: 0, falseAlarm: 0, avoided: 0, pending: 0 },
  };
  return [right, falseAlarm, avoided, pending, missed].join(' ');
}

describe('right, false alarm, avoided, pending, missed', () => {
  it.each<[string, () => Past[], string]>([
    ['told, and nothing came of it yet', () => [x()], '0 0 0 1 0'],
    ['told, and only one is merged', () => [x(), ...both(), merged('p1', 'a')], '0 0 0 1 0'],
    [
      'told, and the second merge conflicts',
      () => [x(), ...both(), merged('p1', 'a'), failed('p2', 'b', ['x'])],
      '1 0 0 0 0',
    ],
    [
      'the same merge is tried again',
      () => [x(), ...both(), merged('p1', 'a'), failed('p2', 'b', ['x']), failed('p2', 'b', ['x'])],
      '1 0 0 0 0',
    ],
    [
      'cleared because one is merged, and the second conflicts',
      () => [
        ...[x(), ...both(), merged('p1', 'a'), cleared('c1', pair, 'merged')],
        failed('p2', 'b', ['x']),
      ],
      '1 0 0 0 0',
    ],
    [
      'both merge clean while it stands',
      () => [x(), ...both(), merged('p1', 'a'), merged('p2', 'b')],
      '0 1 0 0 0',
    ],
    [
      'both merge clean, the second as it was before the first',
      () => [
        ...[x(), ...both(), merged('p1', 'a'), cleared('c1', pair, 'merged')],
        merged('p2', 'b'),
      ],
      '0 1 0 0 0',
    ],
    [
      'the second takes in the first before it asks',
      () => [
        ...[x(), asked('p1', 'a', ['x']), merged('p1', 'a'), cleared('c1', pair, 'merged')],
        ...[but(asked('p2', 'b', ['x']), { pin: { base: hex('c') } }), merged('p2', 'b')],
      ],
      '0 0 1 0 0',
    ],
    ['cleared before any merge', () => [x(), cleared('c1', pair, 'gone')], '0 0 1 0 0'],
    [
      'a merge of other files says nothing',
      () => [x(), asked('p1', 'a', ['y']), merged('p1', 'a'), ...both(), merged('p2', 'b')],
      '0 0 0 1 0',
    ],
    [
      'not told, and the second merge conflicts',
      () => [...both(), merged('p1', 'a'), failed('p2', 'b', ['x']), failed('p2', 'b', ['x'])],
      '0 0 0 0 1',
    ],
    [
      'told of another file alone',
      () => [found('c1', pair, ['y']), ...both(), merged('p1', 'a'), failed('p2', 'b', ['x'])],
      '0 0 0 1 1',
    ],
    [
      'told, withdrawn, and then it conflicts',
      () => [
        ...[x(), cleared('c1', pair, 'gone'), ...both(), merged('p1', 'a')],
        failed('p2', 'b', ['x']),
      ],
      '0 0 1 0 1',
    ],
    [
      'not told, and it conflicts with what nobody here merged',
      () => [asked('p2', 'b', ['x']), failed('p2', 'b', ['x']), failed('p2', 'b', ['x'])],
      '0 0 0 0 1',
    ],
    [
      'told of the target, and its merge conflicts, whoever merged there',
      () => [
        ...[found('c1', withMain, ['x']), found('c2', ['refs/heads/main', 'c'], ['y'])],
        ...[...both(), merged('p1', 'a'), failed('p2', 'b', ['x']), failed('p3', 'c', ['y'])],
      ],
      '2 0 0 0 0',
    ],
    [
      'told of the target, and it merges clean all the same, or takes it in before',
      () => [
        ...[found('c1', withMain, ['x']), asked('p2', 'b', ['x']), merged('p2', 'b')],
        ...[found('c2', ['refs/heads/main', 'c'], ['x'])],
        cleared('c2', ['refs/heads/main', 'c'], 'gone'),
      ],
      '0 1 1 0 0',
    ],
    [
      'a merge that fails for another reason',
      () => [x(), ...both(), merged('p1', 'a'), failed('p2', 'b')],
      '0 0 0 1 0',
    ],
  ])('%s', (...[, events, counts]) => {
    expect(figures(...events())).toBe(counts);
  });

  it('two predictions of one merge are both right, and one merge may show two pairs', () => {
    const events = [
      ...[x(), but(found('c2', pair, ['x']), { kind: 'forward' }), found('c3', ['c', 'b'], ['z'])],
      ...[...both(), asked('p3', 'c', ['z']), merged('p1', 'a'), merged('p3', 'c')],
      failed('p2', 'b', ['x', 'z']),
    ];
    const { kinds, missed, precision, recall } = accuracyOf(stateOf(...events).accuracy);
    expect(kinds.map(({ kind, right }) => [kind, right])).toEqual([
      ['forward', 1],
      ['in-flight', 2],
      ['ownership', 0],
    ]);
    expect([missed, precision, recall]).toEqual([0, 1, 1]);
  });
});

it('precision, recall and the median warning time', () => {
  const events = [
    ...[
      found('c1', ['a', 'b'], ['x']),
      found('c2', ['a', 'c'], ['y']),
      found('c3', ['a', 'd'], ['z']),
    ],
    ...[asked('p1', 'a', ['x', 'y', 'z', 'w']), asked('p4', 'd', ['z']), merged('p1', 'a')],
    ...[failed('p2', 'b', ['x']), failed('p3', 'c', ['y']), merged('p4', 'd')],
    failed('p5', 'e', ['w']),
  ];
  const accuracy = accuracyOf(stateOf(...events).accuracy);
  expect(accuracy).toMatchObject({ missed: 1, precision: 2 / 3, recall: 2 / 3 });
  expect(accuracy.medianWarningMs).toBe(6_000);
  const nothing = accuracyOf(stateOf().accuracy);
  expect(Object.keys(nothing)).toEqual(['kinds', 'missed']);
});

it('what is remembered is bounded', () => {
  const many = Array.from({ length: 1_200 }, (_, n) => found(`c${n}`, ['a', `b${n}`], ['x']));
  const asks = Array.from({ length: 150 }, (_, n) => asked(`p${n}`, 'a', ['x']));
  const { accuracy } = stateOf(...many, ...asks);
  expect([accuracy.predictions.size, accuracy.asked.size]).toEqual([1_000, 100]);
  expect(accuracy.counts['in-flight'].found).toBe(1_200);
});
