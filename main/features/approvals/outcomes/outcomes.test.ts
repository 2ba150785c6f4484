import { configSchema } from '../../../../preload/contract/config.ts';
import { describe, expect, it } from 'vitest';
import { toWireError } from '../../../../preload/contract/errors.ts';
import { given, type Past } from '../../../../test/harness/given.ts';
import { added, ofApproval, pin, requested } from '../../../../test/harness/given-events.ts';
import { openBox } from '../../../../test/harness/hub.ts';
import { hex, world } from '../../../../test/harness/hub-ports.ts';
import { musherError } from '../../../base/result.ts';
import { type ApprovalsState, selectApprovals } from '../slice.ts';
import { undoTitle } from './decide.ts';

const facts = { mergeCommit: hex('e'), checkoutUpdated: false, from: hex('b') };
const yes = (id: string): Past => ofApproval('approved', id, { strategy: 'merge' });
const merged = (id: string, more: object = {}): Past[] => [
  ...[yes(id), ofApproval('merging', id)],
  ofApproval('merged', id, { ...facts, target: 'main', ...more }),
];
const past = (...more: Past[]) =>
  given(world(), added('a'), added('b'), requested('p-1', 'a'), requested('p-2', 'b'), ...more);
const undo: Past[] = [
  {
    type: 'approval.requested',
    actor: 'operator',
    data: {
      ...{ approval: 'u-1', agent: 'operator', title: 'Undo "Work"', pin, files: [] },
      ...{ fileCount: 1, additions: 0, deletions: 1, commitCount: 1 },
      undoes: { approval: 'p-1', agent: 'a' },
    },
  },
];
const system = { actor: 'system' as const };
const recordsIn = (state: unknown) =>
  (state as { approvals: ApprovalsState }).approvals.byId.toJSON();

describe('an undo', () => {
  it('is a new approval of the operator’s, of a commit that is kept, and names what it takes back', async () => {
    const { events } = await past(...merged('p-1'))
      .when('approval.undo', { approval: 'p-1' })
      .types(['approval.requested'], ['approval.pin approval/a-1']);
    expect(events[0]?.data).toMatchObject({
      ...{ approval: 'a-1', agent: 'operator', title: 'Undo "Work"' },
      ...{ undoes: { approval: 'p-1', agent: 'a' }, pin: { commit: hex('9') } },
    });
  });

  it('that waits already is the one, and no request of an agent takes its place', async () => {
    const waiting = past(...merged('p-1'), ...undo);
    const again = await waiting.when('approval.undo', { approval: 'p-1' }).types([], []);
    expect(again.result).toMatchObject({ approval: 'u-1' });
    const data = { commit: hex('f') };
    const after = await waiting.when('approval.request', data, { actor: 'agent:a' }).state();
    expect(recordsIn(after)['u-1']?.state).toBe('pending');
  });

  it.each([
    ['what was not merged', [], 'UNDO_NOT_MERGED'],
    [
      'what was taken back',
      [...merged('p-1'), ...undo, ...merged('u-1', { undoes: { approval: 'p-1', agent: 'a' } })],
      'UNDO_DONE',
    ],
  ] as const)('of %s is refused', (_, more, code) =>
    past(...more)
      .when('approval.undo', { approval: 'p-1' })
      .refused(code),
  );

  it('that is merged marks what it took back; taken back itself, it does no more', async () => {
    const undone = [
      ...merged('p-1'),
      ...undo,
      ...merged('u-1', { undoes: { approval: 'p-1', agent: 'a' } }),
    ];
    expect(recordsIn(past(...undone).state)['p-1']?.undoneBy).toBe('u-1');
    const redo = {
      ...undo[0],
      data: {
        ...(undo[0]?.data as object),
        approval: 'r-1',
        undoes: { approval: 'u-1', agent: 'operator' },
      },
    };
    const redone = past(
      ...undone,
      redo as Past,
      ...merged('r-1', { undoes: { approval: 'u-1', agent: 'operator' } }),
    );
    const records = recordsIn(redone.state);
    expect([records['p-1']?.undoneBy, records['u-1']?.undoneBy]).toEqual([undefined, 'r-1']);
  });

  it('is named after what it takes back, and back again', () => {
    const first = undoTitle({ title: 'Add "x"' });
    const undoes = { approval: 'p', agent: 'a' };
    const second = undoTitle({ title: first, undoes });
    expect([first, second]).toEqual(['Undo "Add "x""', 'Redo "Add "x""']);
    expect(undoTitle({ title: second, undoes })).toBe(first);
  });
});

describe('a push', () => {
  const report = { approval: 'p-1', ...facts, push: 'origin' };
  const error = toWireError('PUSH_REJECTED', {
    ...{ approval: 'p-1', remote: 'origin', target: 'main', why: 'fetch first' },
  });
  const failed = ofApproval('push_failed', 'p-1', {
    target: 'main',
    remote: 'origin',
    kind: 'push-rejected',
    error,
  });

  it('begins with the end of the merge, where the merge says to', async () => {
    await past(yes('p-1'), ofApproval('merging', 'p-1'))
      .when('approval.merged', report, system)
      .types(
        ['approval.merged', 'approval.pushing'],
        [
          'approval.forget_result approval/p-1',
          'target.advance advance/main',
          'approval.push push/main',
        ],
      );
  });

  it('that failed leaves the approval merged, has a kind, and can be tried again', async () => {
    const told = await past(...merged('p-1'))
      .when('approval.push_failed', { approval: 'p-1', remote: 'origin', error }, system)
      .state();
    expect(recordsIn(told)['p-1']).toMatchObject({
      ...{ state: 'merged', push: { state: 'failed', kind: 'push-rejected' } },
    });
    await past(...merged('p-1'), failed)
      .when('approval.push', { approval: 'p-1' })
      .types(['approval.pushing'], ['approval.push push/main']);
    await past(...merged('p-1'))
      .when('approval.push', { approval: 'p-1' })
      .refused('PUSH_NOT_FAILED');
  });

  it('is told to operator and agent when the remote refuses it', async () => {
    const { outside, features } = world();
    outside.configs = [configSchema.parse({ review: { push: 'origin' } })];
    outside.before = (deed) => {
      if (deed.startsWith('push'))
        throw musherError('PUSH_HOOK_REFUSED', {
          approval: 'x',
          remote: 'origin',
          target: 'main',
          why: 'no',
        });
    };
    const box = await openBox({ features });
    await box.dispatch('agent.add', { name: 'a' });
    await box.dispatch('approval.request', { commit: pin.commit }, { actor: 'agent:a' });
    await box.settle();
    const [{ id = '' } = {}] = selectApprovals(box.hub.state()).byId.values();
    await box.dispatch('approval.approve', { approval: id, commit: pin.commit });
    await box.settle();
    const record = selectApprovals(box.hub.state()).byId.get(id);
    expect(record).toMatchObject({
      state: 'merged',
      push: { state: 'failed', kind: 'hook-refused' },
    });
  });
});

describe('the agents of a target are told', () => {
  it('once, when nothing more of its queue begins, of all that came in a row', async () => {
    const row = [yes('p-1'), yes('p-2'), ofApproval('merging', 'p-1')];
    await past(...row)
      .when('approval.merged', { approval: 'p-1', ...facts }, system)
      .types(
        ['approval.merged', 'approval.merging'],
        [...['approval.forget_result approval/p-1', 'approval.merge merge/main']],
      );
    const first = ofApproval('merged', 'p-1', { ...facts, target: 'main' });
    const { effects } = await past(...row, first, ofApproval('merging', 'p-2'))
      .when(
        'approval.merged',
        { approval: 'p-2', ...facts, from: hex('e'), mergeCommit: hex('f') },
        system,
      )
      .types(
        ['approval.merged'],
        ['approval.forget_result approval/p-2', 'target.advance advance/main'],
      );
    expect(effects?.at(-1)?.data).toEqual({ target: 'main', from: hex('b'), to: hex('f') });
  });

  it('also when the last of the row was not merged', async () => {
    const first = ofApproval('merged', 'p-1', { ...facts, target: 'main' });
    const error = toWireError('GIT_FAILED', { subcommand: 'x', reason: 'no' });
    await past(yes('p-1'), yes('p-2'), first, ofApproval('merging', 'p-2'))
      .when('approval.failed', { approval: 'p-2', error }, system)
      .types(
        ['approval.failed'],
        ['approval.forget_result approval/p-2', 'target.advance advance/main'],
      );
  });
});
