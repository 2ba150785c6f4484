import { describe, expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, life, ofApproval, pin, requested } from '../../../test/harness/given-events.ts';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import {
  maxCommentChars,
  maxReplies,
  maxReviewChars,
} from '../../../preload/contract/review-bounds.ts';
import { selectApprovals } from '../approvals/index.ts';
import { selectReviews } from './slice.ts';

const a = 'agent:a' as const;
const { tree: _, ...seen } = pin;
const subject = { approval: 'p-1', agent: 'a', title: 'Work' };
const comment = { path: 'a.ts', line: 3, text: 'never null' };
const longest = { ...comment, text: 'x'.repeat(maxCommentChars) };
const submitted = (review = 'r-1', data: object = {}): Past => ({
  type: 'review.submitted',
  actor: 'operator',
  data: {
    ...{ ...subject, review, pin: seen, verdict: 'comment', body: '' },
    threads: [{ thread: `${review}.1`, side: 'new', quote: ['line 3'], ...comment }],
    ...data,
  },
});
const about = {
  review: 'r-1',
  thread: 'r-1.1',
  approval: 'p-1',
  agent: 'a',
  path: 'a.ts',
  line: 3,
};
const on = (type: string, actor: Past['actor'], data: object = {}): Past => ({
  ...{ type: `review.${type}`, actor: actor ?? 'system', data: { ...about, ...data } },
});
const asked = (...more: Past[]) =>
  given(world(), added('a'), added('b'), requested('p-1', 'a'), ...more);
const reviewed = (...more: Past[]) => asked(submitted(), ...more);
const threadAfter = (...more: Past[]) =>
  selectReviews(reviewed(...more).state).threads.get('r-1.1');

describe('review.submit', () => {
  it('is one event, with the lines that git has there', async () => {
    const range = { path: 'b.ts', startLine: 2, line: 4, side: 'old', text: 'why?' };
    const data = { approval: 'p-1', body: 'almost', comments: [comment, range] };
    const threads = [
      { ...comment, side: 'new', thread: 'r-1.1', quote: ['line 3'] },
      { ...range, thread: 'r-1.2', quote: ['line 2'] },
    ];
    const said = { ...subject, verdict: 'comment', body: 'almost', threads, pin: seen };
    const { result } = await asked()
      .when('review.submit', data)
      .decides([['review.submitted', { review: 'r-1', ...said }]]);
    expect(result).toEqual({ review: 'r-1', threads: ['r-1.1', 'r-1.2'], seq: 4 });
  });

  it('with a denial it denies, and the inbox has it once', async () => {
    const box = await openBox({ features: world().features });
    await box.dispatch('agent.add', { name: 'a' });
    const asking = await box.dispatch('approval.request', { commit: pin.commit }, { actor: a });
    const { approval } = asking.result as { approval: string };
    const data = { approval, verdict: 'request-changes', comments: [comment] };
    const sent = await box.dispatch('review.submit', data);
    const { review, seq } = sent.result as { review: string; seq: number };
    const record = selectApprovals(box.hub.state()).byId.get(approval);
    expect(record).toMatchObject({ state: 'denied', note: '', review });
    const { items } = (await box.ask('inbox.read', { after: 0 }, a)) as Inbox;
    expect(items.map((item) => [item.type, item.seq])).toEqual([['review.submitted', seq]]);
    expect(items[0]?.text).toContain(`[${review}.1] a.ts:3\n> line 3\nnever null`);
  });

  it.each([
    ['nothing', {}, 'REVIEW_EMPTY'],
    ['another approval', { approval: 'p-9', body: 'x' }, 'APPROVAL_UNKNOWN'],
    ['another commit', { commit: hex('f'), body: 'x' }, 'APPROVAL_MOVED'],
    ['no such file', { comments: [{ ...comment, path: 'missing' }] }, 'REVIEW_PLACE_UNKNOWN'],
    ['no such line', { comments: [{ ...comment, line: 10 }] }, 'REVIEW_PLACE_UNKNOWN'],
    ['a range backwards', { comments: [{ ...comment, startLine: 5 }] }, 'REVIEW_PLACE_UNKNOWN'],
    ['no words', { comments: [{ ...comment, text: ' ' }] }, 'BODY_INVALID'],
    ['201 comments', { comments: Array(201).fill(comment) }, 'BODY_INVALID'],
    ['too much', { comments: Array(26).fill(longest) }, 'REVIEW_TOO_LONG'],
  ] as const)('with %s is refused', (_title, data, code) =>
    asked()
      .when('review.submit', { approval: 'p-1', ...data })
      .refused(code),
  );

  it('takes as much as it may have', () => {
    const comments = Array(maxReviewChars / maxCommentChars).fill(longest);
    return asked().when('review.submit', { approval: 'p-1', comments }).taken();
  });

  it('of a merged one is a comment, and no denial', async () => {
    const merged = ofApproval('merged', 'p-1', { mergeCommit: hex('e') });
    const late = asked(ofApproval('approved', 'p-1'), merged);
    const data = { approval: 'p-1', body: 'for the next time' };
    await late.when('review.submit', data).taken();
    await late
      .when('review.submit', { ...data, verdict: 'request-changes' })
      .refused('APPROVAL_NOT_PENDING');
  });

  it('nobody is there to read it', () =>
    asked(...(life.destroyed?.('a') ?? []).slice(1))
      .when('review.submit', { approval: 'p-1', body: 'x' })
      .refused('AGENT_NOT_IN_STATE'));
});

it.each([
  ['a.ts', {}],
  ['a.ts:3', { line: 3 }],
  ['a.ts:3-5', { startLine: 3, line: 5 }],
  ['a:b.ts:3-3', { line: 3 }],
])('review.comment at %s is a review of one', async (place, lines) => {
  const data = { approval: 'p-1', place, text: 'x', old: true };
  const state = selectReviews(await asked().when('review.comment', data).state());
  const path = place.replace(/:[\d-]+$/, '');
  const { id: _id, ...thread } = state.threads.values()[0] ?? { id: '' };
  expect(thread).toMatchObject({ path, side: 'old', ...lines, text: 'x', state: 'open' });
});

describe('a thread', () => {
  it('is answered by the agent that was asked, and by the operator', async () => {
    const data = { thread: 'r-1.1', text: 'checked', done: true, commit: 'abcdef1' };
    const commit = 'abcdef1';
    await reviewed()
      .when('review.reply', data, { actor: a })
      .leadsTo([
        ['review.replied', { ...about, text: 'checked', commit }],
        ['review.resolved', { ...about, commit }],
      ]);
    await reviewed().when('review.reply', { thread: 'r-1.1', text: 'why?' }).taken();
  });

  it('takes a claim with a commit that git does not know, and marks it until another is named', async () => {
    const claim = { thread: 'r-1.1', text: 'done', done: true, commit: '0000000' };
    const said = { commit: '0000000', doubt: 'unknown' };
    const { result } = await reviewed()
      .when('review.reply', claim, { actor: a })
      .decides([
        ['review.replied', { ...about, text: 'done', ...said }],
        ['review.resolved', { ...about, ...said }],
      ]);
    expect(result).toEqual({ thread: 'r-1.1', doubt: 'unknown' });
    const again = threadAfter(on('resolved', a, said), on('resolved', a, { commit: 'abcdef1' }));
    expect([again?.commit, again?.doubt]).toEqual(['abcdef1', undefined]);
  });

  it.each(['review.reply', 'review.resolve'])('%s by another is refused', async (type) => {
    const data = { thread: 'r-1.1', ...(type === 'review.reply' && { text: 'x' }) };
    await reviewed().when(type, data, { actor: 'agent:b' }).refused('THREAD_NOT_YOURS');
    await reviewed().when(type, data, { actor: 'agent:x' }).refused('AGENT_UNKNOWN');
    await reviewed()
      .when(type, { ...data, thread: 'r-1.2' })
      .refused('THREAD_UNKNOWN');
  });

  it('its agent says that it is done, the operator closes and reopens it', () => {
    const done = on('resolved', a, { commit: 'abcdef1' });
    const closed = on('resolved', 'operator');
    expect(threadAfter(done)).toMatchObject({ state: 'done', stateBy: a, commit: 'abcdef1' });
    expect(threadAfter(done, closed)).toMatchObject({ state: 'resolved', commit: 'abcdef1' });
    const again = threadAfter(done, closed, on('reopened', 'operator'));
    expect([again?.state, again?.commit]).toEqual(['open', undefined]);
  });

  it('is not done again by an agent once the operator has closed it', async () => {
    const closed = reviewed(on('resolved', 'operator'));
    await closed.when('review.resolve', { thread: 'r-1.1' }, { actor: a }).leadsTo([]);
    await closed.when('review.reopen', { thread: 'r-1.1' }).leadsTo([['review.reopened', about]]);
    await reviewed().when('review.reopen', { thread: 'r-1.1' }).leadsTo([]);
  });

  it('has an end', () => {
    const replies = Array.from({ length: maxReplies }, () => on('replied', a, { text: 'x' }));
    return reviewed(...replies)
      .when('review.reply', { thread: 'r-1.1', text: 'x' })
      .refused('THREAD_FULL');
  });
});

describe('what is remembered', () => {
  it('are the newest 100 reviews, whole', () => {
    const many = Array.from({ length: 101 }, (_, at) => submitted(`r-${at}`));
    const { reviews, threads } = selectReviews(asked(...many).state);
    expect([reviews.size, threads.size, reviews.has('r-0'), threads.has('r-0.1')]).toEqual([
      ...[100, 100, false, false],
    ]);
  });

  it('goes with its agent, so that another of its name has none of it', () => {
    const { reviews, threads } = selectReviews(
      reviewed({ type: 'agent.purged', data: { agent: 'a' } }).state,
    );
    expect([reviews.size, threads.size]).toEqual([0, 0]);
  });
});

interface Inbox {
  readonly items: ReadonlyArray<{ type: string; seq: number; text: string }>;
}
