import { expect, it } from 'vitest';
import { given, type Past } from '../../../../test/harness/given.ts';
import { added, ofApproval, pin, requested } from '../../../../test/harness/given-events.ts';
import { world } from '../../../../test/harness/hub-ports.ts';
import { waitingFor } from '../queue/queue.ts';
import type { ApprovalsState } from '../slice.ts';

const ids = ['p-1', 'p-2', 'p-3'];
const past = (...more: Past[]) => {
  const played = world();
  const asked = ids.flatMap((id, at) => [added(`a${at}`), requested(id, `a${at}`)]);
  return { ...given(played, ...asked, ...more), played };
};
const many = (...items: unknown[]) => ({ items });
const seen = (id: string) => `${id}:${pin.commit}`;
type Results = { results: Array<{ approval: string; error?: { code: string } }>; approved: number };
const codes = ({ results }: Results) =>
  results.map(({ approval, error }) => `${approval} ${error?.code ?? 'yes'}`);

it('each is decided by itself, all in one decision, and one merge begins for each target', async () => {
  const { result } = await past(ofApproval('denied', 'p-3'))
    .when('approval.approve_many', many(seen('p-1'), seen('p-3'), 'p-9:aaaaaaa', seen('p-2')))
    .types(
      ['approval.approved', 'approval.approved', 'approval.merging'],
      ['approval.merge merge/main'],
    );
  expect(codes(result as Results)).toEqual([
    ...['p-1 yes', 'p-3 APPROVAL_NOT_PENDING', 'p-9 APPROVAL_UNKNOWN', 'p-2 yes'],
  ]);
  expect((result as Results).approved).toBe(2);
});

it('each is pinned to what was seen of it', async () => {
  const wrong = { approval: 'p-2', commit: pin.commit, diffHash: 'e'.repeat(64) };
  const items = [`p-1:bbbbbbb`, wrong, `p-3:aaaaaaa:${pin.diffHash}`];
  const { result } = await past()
    .when('approval.approve_many', many(...items))
    .types(['approval.approved', 'approval.merging'], ['approval.merge merge/main']);
  expect(codes(result as Results)).toEqual([
    ...['p-1 APPROVAL_MOVED', 'p-2 APPROVAL_MOVED', 'p-3 yes'],
  ]);
});

it('where none is taken, nothing is written', async () => {
  const { result } = await past()
    .when('approval.approve_many', many('p-1:bbbbbbb'))
    .decides([], []);
  expect((result as Results).approved).toBe(0);
});

it('named twice, the second is refused', async () => {
  const { result } = await past()
    .when('approval.approve_many', many(seen('p-1'), seen('p-1')))
    .types(['approval.approved', 'approval.merging'], ['approval.merge merge/main']);
  expect(codes(result as Results)).toEqual(['p-1 yes', 'p-1 APPROVAL_NOT_PENDING']);
});

it('the queue has them in the order in which they contain each other', async () => {
  const { played, ...story } = past();
  const answers = [{ contained: ['p-2'], containing: [] }];
  const none = { contained: [], containing: [] };
  Object.defineProperty(played.outside, 'related', { get: () => answers.shift() ?? none });
  const state = await story.when('approval.approve_many', many(seen('p-1'), seen('p-2'))).state();
  const { approvals } = state as unknown as { approvals: ApprovalsState };
  expect(approvals.byId.get('p-1')?.queued?.after).toEqual(['p-2']);
  expect(waitingFor(approvals, 'main').map(({ id }) => id)).toEqual(['p-1']);
  expect(approvals.byId.get('p-2')?.state).toBe('merging');
});

it('what one item says of its merge goes before what is said for all; the note goes with each', async () => {
  const { events } = await past()
    .when('approval.approve_many', {
      items: [seen('p-1'), { approval: 'p-2', commit: pin.commit, strategy: 'rebase' }],
      ...{ strategy: 'squash', note: ' thanks ', updateCheckout: true },
    })
    .types(
      ['approval.approved', 'approval.approved', 'approval.merging'],
      ['approval.merge merge/main'],
    );
  expect(events.slice(0, 2).map(({ data }) => data)).toMatchObject([
    { approval: 'p-1', strategy: 'squash', note: 'thanks', updateCheckout: true },
    { approval: 'p-2', strategy: 'rebase', note: 'thanks' },
  ]);
});

it('a target that is checked out refuses its own item alone', async () => {
  const { played, ...story } = past();
  played.outside.checkout = { path: '/shop', clean: true };
  const items = [seen('p-1'), { approval: 'p-2', commit: pin.commit, updateCheckout: true }];
  const { result } = await story
    .when('approval.approve_many', many(...items))
    .types(['approval.approved', 'approval.merging'], ['approval.merge merge/main']);
  expect(codes(result as Results)).toEqual(['p-1 TARGET_CHECKED_OUT', 'p-2 yes']);
});

it.each([
  [[], 'BODY_INVALID'],
  [['p-1'], 'BODY_INVALID'],
  [['p-1:main'], 'BODY_INVALID'],
  [Array.from({ length: 51 }, () => 'p-1:aaaaaaa'), 'BODY_INVALID'],
] as const)('%#: %j is refused as %s', (items, code) =>
  past().when('approval.approve_many', { items }).refused(code),
);
