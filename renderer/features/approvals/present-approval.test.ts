import { expect, it } from 'vitest';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { ApprovalDiff } from './approve-gate.ts';
import { noticesOf } from './present-approval.ts';

const pin = { commit: 'c', tree: 't', base: 'b', target: 'main', diffHash: 'h' };
const pending: ApprovalRecord = {
  id: 'a-1',
  agent: 'a',
  title: 't',
  pin,
  files: [],
  fileCount: 3,
  additions: 0,
  deletions: 0,
  commitCount: 1,
  state: 'pending',
  requestedMs: 0,
};
const diff: ApprovalDiff = {
  pin,
  patch: 'diff --git a/x b/x\nnew file mode 100644\n',
  truncated: false,
  files: [],
  commits: [],
  targetMoved: false,
  strategy: 'merge',
};
const titles = (approval: ApprovalRecord, shown: ApprovalDiff): string[] =>
  noticesOf(approval, shown).map(({ title }) => title);

it('a plain request has nothing to be warned of', () => {
  expect(noticesOf(pending, diff)).toEqual([]);
  expect(noticesOf(pending, { ...diff, checkout: { path: '/r', clean: true } })).toEqual([]);
});

it('a checkout with changes and a cut diff are told', () => {
  const checkout = { path: '/r', clean: false };
  expect(titles(pending, { ...diff, truncated: true, targetMoved: true, checkout })).toEqual([
    'The diff is too large to show whole: 2 of 3 files are not here.',
    'main is checked out with uncommitted changes in /r.',
  ]);
});

it('of what is settled, nothing about the target is told', () => {
  for (const state of ['merged', 'denied', 'withdrawn', 'superseded'] as const) {
    expect(noticesOf({ ...pending, state }, { ...diff, targetMoved: true })).toEqual([]);
  }
});

it('a commit that no ref keeps is told, until it is decided', () => {
  const unpinned = toWireError('GIT_FAILED', { subcommand: 'update-ref', reason: 'no space' });
  expect(noticesOf({ ...pending, unpinned }, undefined)).toMatchObject([
    { title: expect.stringContaining('Nothing but the branch of a keeps this commit.') },
  ]);
  expect(noticesOf({ ...pending, unpinned, state: 'merged' }, diff)).toEqual([]);
});
