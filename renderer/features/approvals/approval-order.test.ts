import { expect, it } from 'vitest';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import {
  groupApprovals,
  maxSettled,
  neighbour,
  takesPlaceOf,
  waitingOnes,
} from './approval-order.ts';

const pin = { commit: 'c', tree: 't', base: 'b', target: 'main', diffHash: 'h' };

function approval(id: string, facts: Partial<ApprovalRecord>): ApprovalRecord {
  const counts = { files: [], fileCount: 0, additions: 0, deletions: 0, commitCount: 1 };
  const state = { state: 'pending', requestedMs: 0 } as const;
  return { id, agent: 'a', title: id, pin, ...counts, ...state, ...facts };
}

const undecided = () => false;

const all = [
  approval('new', { requestedMs: 30 }),
  approval('merged-late', { state: 'merged', requestedMs: 1, settledMs: 50 }),
  approval('old', { requestedMs: 10 }),
  approval('conflicted', { state: 'conflicted', requestedMs: 2, settledMs: 20 }),
  approval('denied-early', { state: 'denied', requestedMs: 3, settledMs: 40 }),
  approval('merging', { state: 'merging', requestedMs: 5 }),
  approval('failed', { state: 'failed', requestedMs: 4, settledMs: 30 }),
];

it('waiting ones come first and oldest first, the others newest first', () => {
  const shown = groupApprovals(all, undecided).map(({ name, approvals }) => [
    name,
    approvals.map((a) => a.id),
  ]);
  expect(shown).toEqual([
    ['waiting', ['old', 'new']],
    ['underWay', ['merging']],
    ['trouble', ['failed', 'conflicted']],
    ['settled', ['merged-late', 'denied-early']],
  ]);
});

it('empty groups are left out and settled ones are bounded', () => {
  const many = Array.from({ length: 80 }, (_, n) => approval(`${n}`, { state: 'merged' }));
  const groups = groupApprovals(many, undecided);
  expect(groups.map((group) => group.approvals.length)).toEqual([maxSettled]);
});

it('what was decided on this page is under way, and waits no more', () => {
  const isDecided = ({ id }: ApprovalRecord) => id === 'old';
  const [waiting, underWay] = groupApprovals(all, isDecided);
  expect(waiting?.approvals.map(({ id }) => id)).toEqual(['new']);
  expect(underWay?.approvals.map(({ id }) => id)).toEqual(['merging', 'old']);
  expect(waitingOnes(all, isDecided).map(({ id }) => id)).toEqual(['new']);
});

it.each([
  ['first', 'second'],
  ['second', 'third'],
  ['third', 'second'],
])('what takes the place of the %s is the %s', (decided, next) => {
  const waiting = ['first', 'second', 'third'].map((id, at) => approval(id, { requestedMs: at }));
  const gone = waiting.find(({ id }) => id === decided);
  const left = waiting.filter((one) => one !== gone);
  expect(gone && takesPlaceOf(left, gone)?.id).toBe(next);
});

it('nothing takes the place of the only one', () => {
  const only = approval('only', {});
  expect(takesPlaceOf([only], only)).toBeUndefined();
});

it.each([
  [undefined, 1, 'old'],
  ['old', 1, 'new'],
  ['new', 1, 'merging'],
  ['old', -1, 'old'],
  ['denied-early', 1, 'denied-early'],
])('from %s by %i is %s', (current, step, expected) => {
  expect(neighbour(groupApprovals(all, undecided), current, step)).toBe(expected);
});
