import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { learnings as contract } from '../../../preload/contract/learnings.ts';
import type { QueryResult } from '../../../preload/contract/define.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { type World, world } from '../../../test/harness/hub-ports.ts';
import { musherError } from '../../base/result.ts';
import { settle } from '../../../test/harness/clock.ts';

const a: Actor = 'agent:a';

async function open(store = memoryStore(), played: Pick<World, 'outside' | 'features'> = world()) {
  const box = await openBox({ features: played.features, store });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name }).catch(() => undefined);
  return { box, store, ...played };
}

const add = (box: Box, text: string, actor: Actor = 'operator') =>
  box.dispatch('learning.add', { text }, { actor });
const list = (box: Box, data = {}) =>
  box.ask('learning.list', data) as Promise<QueryResult<typeof contract, 'learning.list'>>;
/** An operator who denies with the same words. */
async function denied(box: Box, times: number, note = 'no tests'): Promise<void> {
  for (let count = 0; count < times; count++) {
    const commit = String(count % 10).repeat(40);
    const { result } = await box.dispatch('approval.request', { commit, title: 't' }, { actor: a });
    await box.dispatch('approval.deny', { ...(result as { approval: string }), note });
  }
}

describe('the same note', () => {
  it('by two agents is one, whatever its case, space and full stop', async () => {
    const { box } = await open();
    const { result } = await add(box, 'Tests need redis', a);
    const again = await add(box, ' tests  need REDIS. ', 'agent:b');
    await add(box, 'tests need redis!', a);
    expect(again.result).toEqual(result);
    expect((await list(box)).learnings).toEqual([
      expect.objectContaining({ text: 'Tests need redis', by: a, others: ['agent:b'], count: 3 }),
    ]);
  });

  it('that was dropped is a new one when it is noted again', async () => {
    const { box } = await open();
    const { result } = await add(box, 'x');
    await box.dispatch('learning.drop', { id: (result as { learning: string }).learning });
    expect((await list(box)).learnings).toEqual([]);
    const again = await add(box, 'x');
    expect(again.result).not.toEqual(result);
  });
});

describe('what the operator does with them', () => {
  it('a finding is dropped until it doubled, and becomes a note', async () => {
    const { box } = await open();
    await denied(box, 2);
    const [finding] = (await list(box)).findings;
    expect(finding?.text).toBe('An approval of a was denied 2 times: “no tests”');
    const id = finding?.id ?? '';
    await box.dispatch('learning.promote', { finding: id });
    const { learnings, findings } = await list(box);
    expect([learnings.map(({ text }) => text), findings]).toEqual([[finding?.text], []]);
    await denied(box, 2);
    expect((await list(box, { category: 'denied' })).findings).toMatchObject([{ id, count: 4 }]);
    await box.dispatch('learning.drop', { id });
    await refusedWith('LEARNING_UNKNOWN', box.dispatch('learning.drop', { id }));
    await refusedWith('LEARNING_UNKNOWN', box.dispatch('learning.promote', { finding: 'f-x' }));
  });

  it('no agent drops anything', async () => {
    const { box } = await open();
    const { result } = await add(box, 'x');
    const id = (result as { learning: string }).learning;
    await refusedWith('FORBIDDEN', box.dispatch('learning.drop', { id }, { actor: a }));
  });
});

it('an answer is bounded: the newest notes of 64 KiB, and how many were left out', async () => {
  const { box } = await open();
  for (let count = 0; count < 40; count++) await add(box, `${count} ${'x'.repeat(1_990)}`);
  const { learnings, omitted } = await list(box);
  expect([learnings.length, omitted, learnings.at(-1)?.text.slice(0, 3)]).toEqual([32, 8, '39 ']);
  const few = await list(box, { limit: 2 });
  expect([few.learnings.length, few.omitted]).toEqual([2, 38]);
  expect((await list(box, { findings: true })).learnings).toEqual([]);
});

describe('the file', () => {
  it('is written each minute in which something changed, and at the end, never at an event', async () => {
    const { box, outside } = await open();
    await add(box, 'one', a);
    await box.advance(59_000);
    expect(outside.learnings).toBeUndefined();
    await box.advance(1_000);
    expect(outside.learnings).toMatch(/^- one \(a, \d{4}-\d\d-\d\d\) <!-- musher l-/m);
    await denied(box, 1);
    await add(box, 'two');
    expect(outside.learnings).not.toContain('two');
    const stopped = box.hub.stop();
    await settle(box.clock);
    await stopped;
    expect(outside.learnings).toMatch(/^- two \(operator, /m);
    expect(outside.learnings).toMatch(/denied: “no tests” \(.*<!-- musher f-/m);
  });

  it('has after a crash what was noted before, and nothing twice', async () => {
    const store = memoryStore();
    const { box, outside, features } = await open(store);
    await add(box, 'one');
    await box.advance(60_000);
    await add(box, 'two');
    box.crash();
    const again = await open(store, { outside, features });
    await again.box.advance(60_000);
    expect(outside.learnings?.match(/^- (one|two)/gm)).toEqual(['- one', '- two']);
  });

  it('of somebody who saves it at the same moment is read again', async () => {
    const { box, outside } = await open();
    await add(box, 'one');
    let saves = 1;
    outside.beforeLearnings = () => {
      if (saves-- > 0) outside.learnings = 'By hand.\n';
    };
    await box.advance(60_000);
    expect(outside.learnings).toMatch(/^By hand\.\n[\s\S]*\n- one /);
  });

  it('that cannot be written is told, tried each minute, and logged once', async () => {
    const { box, outside } = await open();
    await add(box, 'one');
    outside.beforeLearnings = () => {
      throw musherError('FILE_FAILED', { file: 'f', reason: 'disk full' });
    };
    await box.advance(60_000);
    await box.advance(60_000);
    expect((await list(box)).file).toMatchObject({
      ...{ state: 'failed', path: '.musher/learnings.md' },
      problem: 'The file f could not be written: disk full.',
    });
    expect(box.logged.filter(({ message }) => message.includes('learnings'))).toHaveLength(1);
    outside.beforeLearnings = () => undefined;
    await box.advance(60_000);
    expect((await list(box)).file).toMatchObject({ state: 'written' });
    expect(outside.learnings).toContain('- one');
  });

  it('with a merge in it is left alone, and told', async () => {
    const { box, outside } = await open();
    outside.learnings = '<<<<<<< ours\n';
    await add(box, 'one');
    await box.advance(60_000);
    expect(outside.learnings).toBe('<<<<<<< ours\n');
    expect((await list(box)).file?.problem).toContain('at line 1');
  });
});
