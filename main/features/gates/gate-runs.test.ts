import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import { commit, looksOf, openWithGates, testGate } from '../../../test/harness/gates-box.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { openBox, refusedWith } from '../../../test/harness/hub.ts';
import { hex, type Outside, world } from '../../../test/harness/hub-ports.ts';

describe('runs', () => {
  it('of which ten are asked for, two at once', async () => {
    const gates = Array.from({ length: 10 }, (_, at) => ({ name: `g${at}`, command: ['x'] }));
    const { request, running, box, outside, states } = await openWithGates({ gates });
    await request();
    for (let left = 10; left > 0; left--) {
      expect(running()).toHaveLength(Math.min(left, 2));
      outside.exit({ id: running()[0] ?? '', exitCode: 0, signal: null });
      await box.settle();
    }
    expect(states()).toEqual(gates.map(({ name }) => `${name} passed`));
    const slots = [...outside.opened.values()]
      .map(({ cwd }) => cwd)
      .filter((cwd) => /gates/.test(cwd));
    expect(new Set(slots)).toEqual(new Set(['/r.worktrees/.gates/1', '/r.worktrees/.gates/2']));
  });

  it('that take too long are ended, and that is what they come to', async () => {
    const { request, terminalOf, exits, runs, box, outside } = await openWithGates({
      gates: [{ ...testGate, timeout: '90s' }],
    });
    await request();
    const id = terminalOf('test');
    await box.advance(89_000);
    expect(outside.done).not.toContain(`end ${id}`);
    await box.advance(3_000);
    expect(outside.done).toContain(`end ${id}`);
    outside.exit({ id, exitCode: 0, signal: null });
    await box.settle();
    expect(runs()).toMatchObject([{ state: 'timed_out', exitCode: 0 }]);
    await exits('test');
  });

  it('that wait are over at once when cancelled, and never begin', async () => {
    const gates = ['a', 'b', 'c'].map((name) => ({ name, command: ['x'] }));
    const { request, runs, box, exits, states, outside } = await openWithGates({ gates });
    await request();
    await box.dispatch('gate.cancel', { run: runs()[2]?.id });
    await exits('a');
    await exits('b');
    expect(states()).toEqual(['a passed', 'b passed', 'c cancelled']);
    expect([...outside.opened.keys()].some((id) => id.startsWith('gate--c'))).toBe(false);
    await refusedWith('GATE_OVER', box.dispatch('gate.cancel', { run: runs()[2]?.id }));
  });

  it.each([
    ['missing', 'GATE_PROGRAM_MISSING'],
    ['./missing', 'PROGRAM_UNUSABLE'],
  ])('of %s fail, for there is no such program', async (program, code) => {
    const { request, runs } = await openWithGates({
      gates: [{ name: 'test', command: [program] }],
    });
    await request();
    expect(runs()).toMatchObject([{ state: 'failed', error: { code } }]);
  });

  it('whose end nobody saw are lost, which says nothing of the files', async () => {
    const { request, exits, runs, approve, approval, states } = await openWithGates();
    const id = await request();
    await exits('test', null);
    expect(runs()).toMatchObject([{ state: 'lost' }]);
    await approve(id);
    expect(states()).toEqual(['test lost', 'test running']);
    expect(approval(id)?.state).toBe('merging');
  });

  it('are joined, found again, or run again, as was asked for', async () => {
    const { request, exits, box, runs, checks } = await openWithGates();
    const subject = await request();
    await box.dispatch('gate.run', { subject });
    expect(runs()).toHaveLength(1);
    await exits('test');
    await box.dispatch('gate.run', { subject });
    expect(checks().at(-1)?.gates).toMatchObject([{ isCached: true }]);
    await box.dispatch('gate.run', { subject, again: true });
    await box.settle();
    expect(runs()).toHaveLength(2);
    // The newest counts: a merge would wait for it.
    expect(runs().map(({ state }) => state)).toEqual(['passed', 'running']);
  });

  it.each([
    [{ subject: 'a-none' }, 'APPROVAL_UNKNOWN'],
    [{ subject: commit, gate: 'other' }, 'GATE_UNKNOWN'],
  ] as const)('of %j are refused with %s', async (data, code) => {
    const { box } = await openWithGates();
    await refusedWith(code, box.dispatch('gate.run', data));
  });

  it('are refused where there are no gates', async () => {
    const { box } = await openWithGates({ gates: [] });
    await refusedWith('GATES_NONE', box.dispatch('gate.run', { subject: commit }));
  });

  it('an agent runs them for its own alone, few at once, and marks none', async () => {
    const { box, request, exits } = await openWithGates();
    await box.dispatch('agent.add', { name: 'b' });
    const approval = await request();
    const b = { actor: 'agent:b' as const };
    const other = box.dispatch('gate.run', { subject: approval }, b);
    await refusedWith('APPROVAL_UNKNOWN', other);
    const ask = (digit: string) => box.dispatch('gate.run', { subject: hex(digit) }, b);
    const { result } = await ask('1');
    await ask('2');
    await refusedWith('GATES_BUSY', ask('3'));
    const { check } = result as { check: string };
    const hidden = box.ask('gate.outcome', { check }, 'agent:a');
    await refusedWith('GATE_CHECK_UNKNOWN', hidden);
    await exits('test');
    expect(await box.ask('gate.outcome', { check }, 'agent:b')).toMatchObject({
      verdict: 'running',
    });
    for (const type of ['gate.cancel', 'gate.ended', 'gate.opened', 'gate.require'])
      await refusedWith('FORBIDDEN', box.dispatch(type, { run: 'g-1' }, b));
  });
});

describe('a hub that dies', () => {
  it('runs the gates of what waited at its next start', async () => {
    const played = world();
    const store = memoryStore(() => 0);
    const first = await openBox({ features: played.features, store });
    await first.dispatch('agent.add', { name: 'a' });
    await first.settle();
    await looksOf(first, played.outside).request();
    first.crash();
    const again = world();
    again.outside.configs = [configSchema.parse({ gates: [testGate] })];
    const box = await openBox({ features: again.features, store });
    await box.settle();
    expect(looksOf(box, again.outside).states()).toEqual(['test running']);
  });

  it.each([
    ['while it runs', (): void => undefined, 'running'],
    [
      'and its program ends meanwhile',
      (outside: Outside, id: string): void => {
        outside.running.delete(id);
        outside.ended = [{ id, exitCode: 4, signal: null }];
      },
      'failed',
    ],
    [
      'and the terminal host with it',
      (outside: Outside, id: string): void => void outside.running.delete(id),
      'lost',
    ],
  ] as const)(
    'finds its run again: %s',
    async (_when, meanwhile: (outside: Outside, id: string) => void, state) => {
      const played = world();
      const { outside } = played;
      outside.configs = [configSchema.parse({ gates: [testGate] })];
      const store = memoryStore(() => 0);
      const first = await openBox({ features: played.features, store });
      await first.dispatch('agent.add', { name: 'a' });
      await first.settle();
      const before = looksOf(first, outside);
      await before.request();
      const id = before.terminalOf('test');
      const opened = outside.done.filter((what) => what === `open ${id}`).length;
      first.crash();
      meanwhile(outside, id);
      const again = world();
      Object.assign(again.outside, { configs: outside.configs, ended: outside.ended });
      for (const [key, info] of outside.running) again.outside.running.set(key, info);
      const box = await openBox({ features: again.features, store });
      await box.settle();
      const after = looksOf(box, again.outside);
      expect(after.runs().map((run) => [run.state, run.durationMs])).toEqual([[state, undefined]]);
      expect([opened, again.outside.done.includes(`open ${id}`)]).toEqual([1, false]);
      if (state !== 'running') return;
      again.outside.exit({ id, exitCode: 0, signal: null });
      await box.settle();
      expect(after.runs()).toMatchObject([{ state: 'passed' }]);
    },
  );
});
