import { describe, expect, it } from 'vitest';
import { toWireError } from '../../../../preload/contract/errors.ts';
import { given, type Past } from '../../../../test/harness/given.ts';
import { added, ofApproval, pin, requested } from '../../../../test/harness/given-events.ts';
import { hex, world } from '../../../../test/harness/hub-ports.ts';
import type { ApprovalsState } from '../slice.ts';
import { listQueue, waitingFor } from './queue.ts';

const approvals = ['p-1', 'p-2', 'p-3'];
const yes = (id: string, more: object = {}): Past =>
  ofApproval('approved', id, { strategy: 'squash', ...more });
const error = toWireError('GIT_FAILED', { subcommand: 'merge', reason: 'no' });
const held = (target: string): Past => ({
  type: 'queue.held',
  actor: 'operator',
  data: { target },
});

const past = (...more: Past[]) => {
  const played = world();
  const asked = approvals.flatMap((id, at) => [added(`a${at}`), requested(id, `a${at}`)]);
  return { ...given(played, ...asked, ...more), played };
};
const slice = (state: unknown) => (state as { approvals: ApprovalsState }).approvals;
const order = (state: unknown) => waitingFor(slice(state), 'main').map(({ id }) => id);
const approve = (approval: string) => ({ approval, commit: pin.commit });

describe('one at a time for each target', () => {
  const running = [yes('p-1'), ofApproval('merging', 'p-1'), yes('p-2')];
  const begins = ['approval.forget_result approval/p-1', 'approval.merge merge/main'];
  const mergedNext = (decision: { effects?: ReadonlyArray<{ data: unknown }> }) =>
    decision.effects?.at(-1)?.data;

  it('a yes while another is merged waits, and begins with the end of that one', async () => {
    await past(...running)
      .when('approval.approve', approve('p-3'))
      .types(['approval.approved'], []);
    const merged = { approval: 'p-1', mergeCommit: hex('e'), checkoutUpdated: false };
    const decision = await past(...running)
      .when('approval.merged', merged, { actor: 'system' })
      .types(['approval.merged', 'approval.merging'], begins);
    expect(mergedNext(decision)).toMatchObject({ approval: 'p-2', strategy: 'squash', event: 9 });
  });

  it('a failure lets the next one begin as well', async () => {
    const decision = await past(...running)
      .when('approval.failed', { approval: 'p-1', error }, { actor: 'system' })
      .types(['approval.failed', 'approval.merging'], begins);
    expect(decision.events[0]?.data).toMatchObject({ kind: 'other' });
    expect(mergedNext(decision)).toMatchObject({ approval: 'p-2' });
  });

  it('one that was approved before there was a queue goes first', () =>
    expect(order(past(yes('p-2'), ofApproval('approved', 'p-1')).state)).toEqual(['p-1', 'p-2']));

  it('after a start, what stood still begins', async () => {
    await past(yes('p-1'), yes('p-2'))
      .when('queue.resume', {}, { actor: 'system' })
      .types(['approval.merging'], ['approval.merge merge/main']);
  });
});

describe('the order', () => {
  it('is that of the yes, except that what contains others goes after them, whichever was approved first', () => {
    expect(order(past(yes('p-3'), yes('p-1')).state)).toEqual(['p-3', 'p-1']);
    expect(order(past(yes('p-3', { after: ['p-1'] }), yes('p-1')).state)).toEqual(['p-1', 'p-3']);
    expect(order(past(yes('p-3'), yes('p-1', { ahead: ['p-3'] })).state)).toEqual(['p-1', 'p-3']);
  });

  it('a yes asks git for it, and keeps what goes to the same target and is not settled', async () => {
    const asked = past(ofApproval('denied', 'p-2'));
    asked.played.outside.related = { contained: ['p-2', 'p-9', 'p-1'], containing: [] };
    const { events } = await asked
      .when('approval.approve', approve('p-3'))
      .types(['approval.approved', 'approval.merging'], ['approval.merge merge/main']);
    expect(events[0]?.data).toMatchObject({ after: ['p-1'], ahead: [], strategy: 'merge' });
  });

  it('is the operator’s: one is moved before another', async () => {
    const all = [held('main'), yes('p-1'), yes('p-2'), yes('p-3')];
    const state = await past(...all)
      .when('queue.move', { approval: 'p-3', before: 'p-1' })
      .state();
    expect(order(state)).toEqual(['p-3', 'p-1', 'p-2']);
  });

  it.each([
    ['before itself nothing moves', 'p-1', 'p-1'],
    ['before the one that it is before already', 'p-1', 'p-2'],
  ])('%s', async (_, approval, before) => {
    await past(held('main'), yes('p-1'), yes('p-2'))
      .when('queue.move', { approval, before })
      .leadsTo([], []);
  });

  it('not before one that it contains, directly or over another', async () => {
    const chain = [
      held('*'),
      yes('p-1'),
      yes('p-2', { after: ['p-1'] }),
      yes('p-3', { after: ['p-2'] }),
    ];
    await past(...chain)
      .when('queue.move', { approval: 'p-2', before: 'p-1' })
      .refused('QUEUE_CONTAINS');
    await past(...chain)
      .when('queue.move', { approval: 'p-3', before: 'p-1' })
      .refused('QUEUE_CONTAINS');
  });

  it.each([
    ['p-2', 'p-1', 'QUEUE_NOT_WAITING'],
    ['p-1', 'p-2', 'QUEUE_NOT_WAITING'],
    ['p-9', 'p-1', 'APPROVAL_UNKNOWN'],
  ] as const)('%s before %s is %s', (approval, before, code) =>
    past(held('main'), yes('p-1')).when('queue.move', { approval, before }).refused(code),
  );
});

describe('a hold', () => {
  it.each(['main', '*'])('of %s lets nothing begin, and a release does', async (target) => {
    const merge = ['approval.merge merge/main'];
    await past(held(target))
      .when('approval.approve', approve('p-1'))
      .types(['approval.approved'], []);
    await past(held(target), yes('p-1'))
      .when('queue.release', {})
      .types(['queue.released', 'approval.merging'], merge);
  });

  it('of another branch holds nothing up', async () => {
    await past(held('next'))
      .when('approval.approve', approve('p-1'))
      .types(['approval.approved', 'approval.merging'], ['approval.merge merge/main']);
  });

  it('that is there is not made again, and what is not held is not released', async () => {
    await past(held('*')).when('queue.hold', {}).decides([], []);
    await past(held('*')).when('queue.release', { target: 'main' }).refused('QUEUE_NOT_HELD');
    await past().when('queue.release', {}).refused('QUEUE_NOT_HELD');
  });

  it('what waits can be taken back by its agent, and begins no more', async () => {
    const state = await past(held('main'), yes('p-1'))
      .when('approval.withdraw', { approval: 'p-1' }, { actor: 'agent:a0' })
      .state();
    expect(order(state)).toEqual([]);
    await past(yes('p-1'), ofApproval('merging', 'p-1'))
      .when('approval.withdraw', { approval: 'p-1' })
      .refused('APPROVAL_NOT_PENDING');
  });
});

it('the list says what runs, what waits and why, what is held, and what was not merged', () => {
  const { state } = past(
    ...[yes('p-1'), ofApproval('merging', 'p-1'), yes('p-2'), yes('p-3', { after: ['p-1'] })],
    held('next'),
  );
  expect(listQueue(slice(state))).toMatchObject({
    targets: [
      {
        target: 'main',
        running: { approval: 'p-1', strategy: 'squash' },
        waiting: [
          { approval: 'p-2', why: 'next', of: 'p-1' },
          { approval: 'p-3', why: 'contains', of: 'p-1' },
        ],
      },
      { target: 'next', heldSinceMs: expect.any(Number), waiting: [] },
    ],
    failed: [],
  });
  const failed = past(yes('p-1'), ofApproval('failed', 'p-1', { error, kind: 'other' }));
  expect(listQueue(slice(failed.state)).failed).toMatchObject([
    { approval: 'p-1', kind: 'other', next: expect.stringContaining('approve again') },
  ]);
});
