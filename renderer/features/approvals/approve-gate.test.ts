import { expect, it } from 'vitest';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { approveGate, type DiffLoad } from './approve-gate.ts';

const pin: Pin = { commit: 'c1', tree: 't1', base: 'b1', target: 'main', diffHash: 'h1' };

function record(state: ApprovalRecord['state']): ApprovalRecord {
  const counts = { files: [], fileCount: 0, additions: 0, deletions: 0, commitCount: 1 };
  return { id: 'a-1', agent: 'a', title: 't', pin, ...counts, state, requestedMs: 0 };
}

function loaded(shown: Pin): DiffLoad {
  const diff = {
    pin: shown,
    patch: '',
    truncated: false,
    files: [],
    commits: [],
    targetMoved: false,
    strategy: 'merge' as const,
  };
  return { state: 'loaded', diff };
}

it.each(['pending', 'failed', 'conflicted'] as const)(
  'a %s request whose diff is shown may be approved',
  (state) => {
    expect(approveGate(record(state), loaded(pin))).toEqual({ isOpen: true, pin });
  },
);

it.each(['commit', 'tree', 'base', 'target', 'diffHash'] as const)(
  'a diff of another %s shuts the gate',
  (key) => {
    const gate = approveGate(record('pending'), loaded({ ...pin, [key]: 'other' }));
    expect(gate.isOpen).toBe(false);
  },
);

it('without its diff nothing can be approved', () => {
  expect(approveGate(record('pending'), { state: 'loading' }).isOpen).toBe(false);
  const error = toWireError('SHUTTING_DOWN');
  expect(approveGate(record('pending'), { state: 'failed', error }).isOpen).toBe(false);
});

it.each(['approved', 'merging', 'merged', 'denied', 'withdrawn', 'superseded'] as const)(
  'what is %s cannot be approved',
  (state) => {
    expect(approveGate(record(state), loaded(pin)).isOpen).toBe(false);
  },
);
