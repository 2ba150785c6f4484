import type { Actor } from '../../preload/contract/envelope.ts';
import { describe, expect, it } from 'vitest';
import { TestClock } from '../../test/harness/clock.ts';
import { afterTurn, openBox, refusedWith, TestEventReader } from '../../test/harness/hub.ts';
import { memoryStore } from '../../test/harness/hub-memory-store.ts';
import { toyFeature, toysIn, type ToyOptions, type ToyState } from '../../test/harness/hub-toy.ts';
import type { Marks } from './marks.ts';

const toys = (options?: Parameters<typeof toyFeature>[0]) => [toyFeature(options)];
const agent = 'agent:a' as const;

describe('WRITE-1: what is not allowed or not well formed is refused before it is decided', () => {
  it.each([
    ['toy.none', {}, 'operator', 'NOT_FOUND'],
    ['toy.drop', { name: 'x' }, agent, 'FORBIDDEN'],
    ['toy.worked', { name: 'x', how: 'done' }, 'operator', 'FORBIDDEN'],
    ['toy.add', { name: '' }, 'operator', 'BODY_INVALID'],
    ['toy.add', undefined, 'operator', 'BODY_INVALID'],
  ] as const)('%s with %j by %s is %s', async (...row) => {
    const [type, data, actor, code] = row;
    const box = await openBox({ features: toys() });
    const error = await refusedWith(code, box.dispatch(type, data, { actor }));
    if (code === 'BODY_INVALID') expect(error.wire.details?.path).toBe('name');
    expect([box.store.commits, box.hub.head().seq]).toEqual([0, 0]);
  });
});

it('WRITE-2, WRITE-3: commands of one turn see each other and are written in one commit', async () => {
  const box = await openBox({ features: toys() });
  const answers = [1, 2, 3].map((by) =>
    box.hub.dispatch({ type: 'toy.add', data: { name: 'x', by } }, 'operator'),
  );
  await box.settle();
  const receipts = await Promise.all(answers);
  expect(receipts.map(({ seq, result }) => ({ seq, result }))).toEqual([
    { seq: 1, result: { total: 1 } },
    { seq: 2, result: { total: 3 } },
    { seq: 3, result: { total: 6 } },
  ]);
  expect(box.store.commits).toBe(1);
});

it('WRITE-4: a failing commit refuses all of its batch and takes the state back', async () => {
  const box = await openBox({ features: toys() });
  await box.dispatch('toy.add', { name: 'x', by: 5 });
  const before = { head: box.hub.head(), state: box.hub.state() };
  box.store.failWith(new Error('disk full'));
  const answers = [
    box.hub.dispatch({ type: 'toy.add', data: { name: 'x' } }, 'operator'),
    box.hub.dispatch({ type: 'toy.work', data: { name: 'x' } }, 'operator'),
  ];
  for (const answer of answers) answer.catch(() => undefined);
  await box.settle();
  for (const answer of answers) {
    const error = await refusedWith('STORE_FAILED', answer);
    expect(error.wire.message).toContain('disk full');
  }
  expect(box.hub.head()).toEqual(before.head);
  expect(box.hub.state()).toBe(before.state);

  box.store.failWith(undefined);
  const next = await box.dispatch('toy.add', { name: 'x' });
  expect(next).toMatchObject({ seq: 2, result: { total: 6 } });
  expect(toysIn(box.hub.state()).ended).toEqual([]);
  expect(box.hub.head().seq).toBe(2);
});

it('WRITE-5: events are published after their commit, in commit order, and before they are answered', async () => {
  const box = await openBox({ features: toys() });
  const order: string[] = [];
  box.hub.openEvents(0, {
    onEvents(events) {
      order.push(`told ${events.map((event) => event.seq)} of ${box.store.head().seq}`);
    },
  });
  const add = () => box.hub.dispatch({ type: 'toy.add', data: { name: 'x' } }, 'operator');
  const first = [add(), add()].map((one) => one.then(({ seq }) => order.push(`answered ${seq}`)));
  await box.settle();
  await Promise.all([...first, box.dispatch('toy.add', { name: 'x' })]);
  expect(order).toEqual(['told 1,2 of 2', 'answered 1', 'answered 2', 'told 3 of 3']);
});

it('WRITE-6: a refusal writes nothing', async () => {
  const box = await openBox({ features: toys() });
  await refusedWith('BAD_REQUEST', box.dispatch('toy.add', { name: 'x', by: 0 }));
  expect(box.store.commits).toBe(0);
});

describe('WRITE-7: a defect refuses its own command alone, and leaves no half of it', () => {
  it('in decide', async () => {
    const box = await openBox({ features: toys() });
    const broken = box.hub.dispatch({ type: 'toy.throw', data: {} }, 'operator');
    const whole = box.hub.dispatch({ type: 'toy.add', data: { name: 'x' } }, 'operator');
    await expect(afterTurn(box.clock, broken)).rejects.toThrow('a defect of decide');
    expect(await whole).toMatchObject({ seq: 1 });
  });

  it('in a reducer, after part of the events was folded', async () => {
    let folded = 0;
    const added = (state: ToyState) => {
      folded += 1;
      if (folded === 2) throw new TypeError('a defect of reduce');
      return { ...state, byName: state.byName.set('x', { total: folded }) };
    };
    const box = await openBox({ features: toys({ added }) });
    await expect(box.dispatch('toy.add', { name: 'x', times: 3 })).rejects.toThrow('of reduce');
    expect([box.store.commits, box.hub.head().seq]).toEqual([0, 0]);
    expect(await box.dispatch('toy.add', { name: 'x' })).toMatchObject({ seq: 1 });
  });
});

it('WRITE-8: facts are gathered before, the decision sees the state after', async () => {
  let tell: (by: number) => void = () => undefined;
  const outside = () => new Promise<number>((resolve) => (tell = resolve));
  const box = await openBox({ features: toys({ outside }) });
  const slow = box.hub.dispatch({ type: 'toy.prepare', data: { name: 'x' } }, 'operator');
  await box.settle();
  await box.dispatch('toy.add', { name: 'x', by: 10 });
  tell(1);
  await box.settle();
  expect(await slow).toMatchObject({ seq: 2, result: { total: 11 } });
});

it('WRITE-9: nobody sees what is not durable', async () => {
  const box = await openBox({ features: toys() });
  const answer = box.hub.dispatch({ type: 'toy.add', data: { name: 'x' } }, 'operator');
  const { signal } = new AbortController();
  const seen = await box.hub.query({ type: 'toy.get', data: { name: 'x' }, signal }, 'operator');
  expect([seen, box.hub.head().seq, toysIn(box.hub.state())]).toEqual([
    { total: 0 },
    0,
    { byName: {}, ended: [] },
  ]);
  await box.settle();
  await answer;
  expect(await box.ask('toy.get', { name: 'x' })).toEqual({ total: 1 });
});

describe('FOLD-4: a state is never changed, only replaced', () => {
  it('a reducer that mutates fails at its line', async () => {
    const added = (state: ToyState) => {
      (state.ended as string[]).push('x');
      return state;
    };
    const box = await openBox({ features: toys({ added }) });
    await box.dispatch('toy.drop', { name: 'none' });
    await expect(box.dispatch('toy.add', { name: 'x' })).rejects.toThrow(TypeError);
    expect(box.hub.head().seq).toBe(1);
  });

  it('an event that no reducer knows leaves the very same state', async () => {
    const box = await openBox({ features: toys() });
    await box.dispatch('toy.add', { name: 'x' });
    const before = box.hub.state();
    await box.dispatch('toy.work', { name: 'x' });
    expect(box.hub.head().seq).toBeGreaterThan(1);
    expect(box.hub.state().toys).not.toBe(before.toys);
    expect((box.hub.state().toys as ToyState).byName).toBe((before.toys as ToyState).byName);
  });
});

describe('receipts', () => {
  const id = 'command-1';

  it('RECEIPT-1: the same command under the same id is done once, and answered alike', async () => {
    const box = await openBox({ features: toys() });
    const send = () => box.hub.dispatch({ type: 'toy.add', data: { name: 'x' }, id }, 'operator');
    const together = [send(), send()];
    await box.settle();
    const later = await afterTurn(box.clock, send());
    const [first, second] = await Promise.all(together);
    expect([second, later]).toEqual([first, first]);
    expect(first).toEqual({ commandId: id, seq: 1, result: { total: 1 } });
    expect(box.hub.head().seq).toBe(1);
  });

  it('RECEIPT-1: also while its facts are gathered, and after a crash', async () => {
    let asked = 0;
    const store = memoryStore();
    const outside = async () => (asked += 1);
    const box = await openBox({ features: toys({ outside }), store });
    const send = () =>
      box.hub.dispatch({ type: 'toy.prepare', data: { name: 'x' }, id }, 'operator');
    const [first, second] = [send(), send()];
    await box.settle();
    expect(await first).toEqual(await second);
    box.crash();
    const again = await openBox({ features: toys({ outside }), store });
    expect(await again.dispatch('toy.prepare', { name: 'x' }, { id })).toEqual(await first);
    expect([asked, again.hub.head().seq]).toEqual([1, 1]);
  });

  it.each([
    ['other data', 'toy.add', { name: 'y' }],
    ['another type', 'toy.drop', { name: 'x' }],
  ] as const)('RECEIPT-2: the id of a command with %s is refused', async (...row) => {
    const [, type, data] = row;
    const box = await openBox({ features: toys() });
    const first = box.hub.dispatch({ type: 'toy.add', data: { name: 'x' }, id }, 'operator');
    const during = box.hub.dispatch({ type, data, id }, 'operator');
    await refusedWith('COMMAND_ID_REUSED', afterTurn(box.clock, during));
    await first;
    await refusedWith('COMMAND_ID_REUSED', box.dispatch(type, data, { id }));
    expect(box.hub.head().seq).toBe(1);
  });

  it('RECEIPT-2: an id is its caller’s own: two agents may choose the same', async () => {
    const store = memoryStore();
    const box = await openBox({ features: toys(), store });
    const send = (actor: Actor) => box.dispatch('toy.add', { name: 'x' }, { actor, id });
    const seqs = [];
    for (const actor of [agent, 'agent:other', agent, 'operator'] as const)
      seqs.push((await send(actor)).seq);
    const onBehalf = box.hub.system({
      type: 'toy.add',
      data: { name: 'x' },
      id,
      onBehalfOf: agent,
    });
    await box.settle();
    expect([...seqs, (await onBehalf).seq]).toEqual([1, 2, 1, 3, 4]);
  });

  it('RECEIPT-3: a command that was refused has not used its id', async () => {
    const box = await openBox({ features: toys() });
    await refusedWith('BAD_REQUEST', box.dispatch('toy.add', { name: 'x', by: 0 }, { id }));
    box.store.failWith(new Error('disk full'));
    await refusedWith('STORE_FAILED', box.dispatch('toy.add', { name: 'x' }, { id }));
    box.store.failWith(undefined);
    expect(await box.dispatch('toy.add', { name: 'x' }, { id })).toMatchObject({ seq: 1 });
  });

  it('RECEIPT-4: a receipt is kept for seven days; the next start forgets it', async () => {
    const clock = new TestClock();
    const store = memoryStore(() => clock.now());
    const reopen = async () => (await openBox({ features: toys(), store, clock })).crash();
    const box = await openBox({ features: toys(), store, clock });
    await box.dispatch('toy.add', { name: 'x' }, { id });
    box.crash();
    clock.setWall(clock.now() + 7 * 86_400_000);
    await reopen();
    expect(store.receipt('operator', id)).toBeDefined();
    clock.setWall(clock.now() + 1);
    await reopen();
    expect(store.receipt('operator', id)).toBeUndefined();
  });

  it('RECEIPT-5: a reader at the seq of a receipt has seen what the command did', async () => {
    const box = await openBox({ features: toys() });
    const reader = new TestEventReader();
    box.hub.openEvents(0, reader);
    const { seq } = await box.dispatch('toy.add', { name: 'x', times: 3 });
    expect([seq, reader.seqs()]).toEqual([3, [1, 2, 3]]);
    expect((await box.dispatch('toy.add', { name: 'x' }, { id })).seq).toBe(4);
  });
});

describe('WRITE-11: what a query marks is part of the commit of its turn', () => {
  function marker() {
    const store = memoryStore();
    const marks: Marks[] = [];
    const start: ToyOptions['start'] = (life) => marks.push(life.marks);
    return { store, marks, features: [toyFeature({ start })] };
  }

  it('and no transaction of its own, each feature under names of its own', async () => {
    const { store, marks, features } = marker();
    const box = await openBox({ features, store });
    const set = marks[0]?.set('x', '1');
    const added = box.hub.dispatch({ type: 'toy.add', data: { name: 'x' } }, 'operator');
    expect([marks[0]?.get('x'), store.marks('toys').get('x')]).toEqual(['1', undefined]);
    await afterTurn(box.clock, Promise.all([set, added]));
    expect([box.store.commits, store.marks('toys').get('x')]).toEqual([1, '1']);
    expect(store.marks('agents').get('x')).toBeUndefined();
  });

  it('one that cannot be written is read all the same, and written with the next', async () => {
    const { store, marks, features } = marker();
    const box = await openBox({ features, store });
    box.store.failWith(new Error('disk full'));
    await afterTurn(box.clock, marks[0]?.set('x', '1') ?? Promise.reject());
    expect([marks[0]?.get('x'), store.marks('toys').get('x')]).toEqual(['1', undefined]);
    box.store.failWith(undefined);
    await box.dispatch('toy.add', { name: 'x' });
    expect(store.marks('toys').get('x')).toBe('1');
  });
});
