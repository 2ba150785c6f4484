import { expect, it } from 'vitest';
import { toWireError } from '../../../preload/contract/errors.ts';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, ofApproval, pin, requested } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { describeApprovals } from './words.ts';
import type { ApprovalsState } from './slice.ts';

const system = { actor: 'system' } as const;
const yes = { approval: 'p-1', commit: pin.commit };
const past = (...more: Past[]) => given(world(), added('a'), requested('p-1', 'a'), ...more);
const said = ofApproval('approved', 'p-1', { note: 'nicely done' });
const record = (state: unknown) =>
  (state as { approvals: ApprovalsState }).approvals.byId.get('p-1');
const told = (events: ReadonlyArray<{ type: string; data: unknown }>) =>
  events.map((event) => describeApprovals[event.type]?.(event as never)).find(Boolean) ?? '';

it('what is said with a yes is in its event, its record, and what becomes of it', async () => {
  const data = { ...yes, note: '  nicely done ' };
  const asked = past().when('approval.approve', data);
  const { events } = await asked.decides([
    [
      'approval.approved',
      {
        ...{ approval: 'p-1', agent: 'a', title: 'Work', pin, updateCheckout: false },
        ...{ strategy: 'merge', after: [], ahead: [], note: 'nicely done' },
      },
    ],
    ['approval.merging', { approval: 'p-1', agent: 'a', title: 'Work' }],
  ]);
  expect(told(events)).toBe('Approved: "Work" (p-1). Note: nicely done');
  expect(record(await asked.state())?.note).toBe('nicely done');
  const merged = { approval: 'p-1', mergeCommit: pin.commit, checkoutUpdated: false };
  const done = await past(said)
    .when('approval.merged', merged, system)
    .types(['approval.merged'], ['approval.forget_result approval/p-1']);
  expect(told(done.events)).toBe(
    `Approved and merged: "Work" (p-1) is on main as ${pin.commit}. Note: nicely done`,
  );
});

it('a merge that fails takes it along too, and a yes without words forgets it', async () => {
  const error = toWireError('GIT_FAILED', { subcommand: 'merge', reason: 'no' });
  const failed = { approval: 'p-1', error };
  const { events } = await past(said)
    .when('approval.failed', failed, system)
    .types(['approval.failed'], ['approval.forget_result approval/p-1']);
  expect(told(events)).toMatch(/^Approved, but not merged: .* Note: nicely done$/s);
  const again = past(said, ofApproval('failed', 'p-1', { error })).when('approval.approve', yes);
  expect(record(await again.state())).not.toHaveProperty('note');
});

it.each([[''], ['  ']])('a note of %j is none', async (note) => {
  const after = await past()
    .when('approval.approve', { ...yes, note })
    .state();
  expect(record(after)).not.toHaveProperty('note');
});

it('one that is too long is refused', () =>
  past()
    .when('approval.approve', { ...yes, note: 'x'.repeat(20_001) })
    .refused('BODY_INVALID'));
