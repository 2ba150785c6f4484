import { describe, expect, it } from 'vitest';
import { openInlineTimeline, happen } from '../../../test/harness/timeline.ts';
import { type Box, refusedWith } from '../../../test/harness/hub.ts';
import type { PastEvent, PastState } from '../../../preload/contract/timeline.ts';

interface Page {
  readonly events: PastEvent[];
  readonly more: boolean;
  readonly cursor: number;
}

async function open(rounds: number): Promise<Box> {
  const box = await openInlineTimeline();
  await happen(box, rounds);
  return box;
}

const list = (box: Box, ask: object) => box.ask('timeline.list', ask) as Promise<Page>;
const stateAt = (box: Box, at: string) => box.ask('timeline.at', { at }) as Promise<PastState>;

describe('the state at a moment', () => {
  it('has the records that pages had then, by number and by time', async () => {
    const box = await open(6);
    const { events } = await list(box, { limit: 500 });
    const answered = events.find(({ type }) => type === 'question.answered') as PastEvent;
    const then = await stateAt(box, String(answered.seq - 1));
    expect(then.progress).toBeUndefined();
    expect(then.event.seq).toBe(answered.seq - 1);
    expect(then.kinds.question?.rows.at(-1)?.record).toMatchObject({ state: 'open' });
    expect(then.kinds.waiting?.count).toBeGreaterThan(0);
    expect(then.stages).toEqual({ backlog: 1 });
    const after = await stateAt(box, new Date(answered.atMs).toISOString());
    expect(after.seq).toBeGreaterThanOrEqual(answered.seq);
    expect(after.kinds.question?.rows[0]?.record).toMatchObject({ state: 'answered' });
  });

  it('is paged where there is much', async () => {
    const box = await open(6);
    const { seq } = box.hub.head();
    const ask = { seq, kind: 'story', stage: 'backlog', limit: 4 };
    const page = (await box.ask('timeline.records', ask)) as { next: string };
    expect(page).toMatchObject({ total: 6, next: 's-4' });
    expect(await box.ask('timeline.records', { ...ask, after: page.next })).toMatchObject({
      rows: [{ key: 's-5' }, { key: 's-6', record: { title: 'story 5' } }],
      total: 6,
    });
    expect(await box.ask('timeline.records', { ...ask, kind: 'nonsense' })).toMatchObject({
      total: 0,
    });
  });

  it('is summed up over the whole log', async () => {
    const box = await open(6);
    const overview = (await box.ask('timeline.overview', { buckets: 12 })) as {
      buckets: { seq: number; count: number }[];
    };
    const { seq } = box.hub.head();
    expect(overview).toMatchObject({ head: seq });
    expect(overview.buckets.at(-1)?.seq).toBe(seq);
    const sum = overview.buckets.reduce((all, { count }) => all + count, 0);
    expect(Math.abs(sum - seq)).toBeLessThan(6);
  });

  it.each([
    ['MOMENT_UNKNOWN', '9999'],
    ['MOMENT_UNKNOWN', '0'],
    ['MOMENT_UNREADABLE', 'yesterday'],
    ['MOMENT_UNREADABLE', '2026-13-40'],
    ['MOMENT_TOO_EARLY', '1999-01-01T00:00'],
  ] as const)('says %s of %s', async (code, at) => {
    await refusedWith(code, stateAt(await open(1), at));
  });
});

describe('the list', () => {
  const fits: ReadonlyArray<[object, (event: PastEvent) => boolean]> = [
    [{ story: 's-3' }, ({ about }) => about.includes('story/s-3')],
    [{ type: 'story' }, ({ type }) => type.startsWith('story.')],
    [{ type: 'question.asked' }, ({ type }) => type === 'question.asked'],
    [{ text: '"round 7"' }, ({ text }) => text.includes('round 7')],
    [{ from: '20', to: '40' }, ({ seq }) => seq >= 20 && seq <= 40],
  ];

  it.each(fits)('finds %j in both directions, each once', async (ask, isMeant) => {
    const box = await open(12);
    const all = (await list(box, { limit: 500 })).events;
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1));
    const expected = all.filter(isMeant).map(({ seq }) => seq);
    expect(expected.length).toBeGreaterThan(0);
    expect(await pageThrough(box, ask, true)).toEqual(expected);
    expect(await pageThrough(box, ask, false)).toEqual(expected);
  });

  it('of an agent has what it wrote, what it got and what became of it', async () => {
    const box = await open(3);
    const { events } = await list(box, { agent: 'docs', limit: 500 });
    const types = new Set(events.map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['agent.added', 'message.sent']));
    expect(types).not.toContain('story.added');
  });

  it('says what no event can be', async () => {
    await refusedWith('EVENT_TYPE_UNKNOWN', list(await open(1), { type: 'storey' }));
  });

  it('follows an event to what its command and its work led to', async () => {
    const box = await open(1);
    const chain = (await box.ask('timeline.chain', { seq: 1 })) as { events: PastEvent[] };
    const types = chain.events.map(({ type }) => type);
    expect(types[0]).toBe('agent.added');
    expect(new Set(chain.events.map(({ causeId }) => causeId)).size).toBeLessThanOrEqual(
      types.length,
    );
  });
});

async function pageThrough(box: Box, ask: object, isForward: boolean): Promise<number[]> {
  const found: number[] = [];
  let next: object = isForward ? { after: 0 } : {};
  for (let turns = 0; turns < 100; turns++) {
    const page = await list(box, { ...ask, ...next, limit: 3 });
    const seqs = page.events.map(({ seq }) => seq);
    if (isForward) found.push(...seqs);
    else found.unshift(...seqs);
    if (!page.more) break;
    next = isForward ? { after: page.cursor } : { before: page.cursor };
  }
  return found;
}
