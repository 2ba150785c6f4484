import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import type { GateCheck, GateRun } from '../../../preload/contract/gates.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { hex, type Outside, world } from '../../../test/harness/hub-ports.ts';
import { selectApprovals } from '../approvals/index.ts';
import { selectGates } from './slice.ts';

const testGate = { name: 'test', command: ['npm', 'test'] };
const lint = { name: 'lint', command: ['npm', 'run', 'lint'], required: false };
const commit = hex('a');
const agent = { actor: 'agent:a' as const };

interface Open {
  readonly gates?: readonly object[];
  readonly review?: object;
}

async function open({ gates = [testGate], review = {} }: Open = {}) {
  const played = world();
  const { outside } = played;
  outside.configs = [configSchema.parse({ gates, review })];
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  return { box, outside, ...looks(box, outside) };
}

function looks(box: Box, outside: Outside) {
  const state = () => selectGates(box.hub.state());
  const terminalOf = (gate: string) =>
    [...outside.running.keys()].find((id) => id.startsWith(`gate--${gate}.`)) ?? 'none';
  return {
    runs: (): GateRun[] => state().runs.byId.values(),
    states: (): string[] =>
      state()
        .runs.byId.values()
        .map((run) => `${run.gate} ${run.state}`),
    checks: (): GateCheck[] => state().checks.values(),
    running: () => [...outside.running.keys()].filter((id) => id.startsWith('gate--')),
    terminalOf,
    async request(of = commit) {
      const { result } = await box.dispatch('approval.request', { commit: of }, agent);
      await box.settle();
      return (result as { approval: string }).approval;
    },
    async exits(gate: string, exitCode: number | null = 0, signal: string | null = null) {
      outside.exit({ id: terminalOf(gate), exitCode, signal });
      await box.settle();
    },
    async approve(approval: string, data: object = {}) {
      await box.dispatch('approval.approve', { approval, commit, ...data });
      await box.settle();
    },
    approval: (id: string) => selectApprovals(box.hub.state()).byId.get(id),
  };
}

describe('what agents ask for', () => {
  it('has its gates run in the background, as terminals that belong to no agent', async () => {
    const { request, outside, runs, checks, terminalOf, box } = await open();
    const approval = await request();
    expect(outside.opened.get(terminalOf('test'))).toMatchObject({
      program: '/bin/npm',
      args: ['test'],
      cwd: '/r.worktrees/.gates/1',
      env: { CI: 'true', MUSHER_GATE: 'test', PATH: '/bin' },
    });
    expect(outside.opened.get(terminalOf('test'))?.env).not.toHaveProperty('MUSHER_TOKEN');
    expect(checks()).toMatchObject([{ approval, agent: 'a', purpose: 'request', commit }]);
    expect(runs()).toMatchObject([{ gate: 'test', state: 'running', command: ['npm', 'test'] }]);
    // Two looks of the watchdog: what is no agent's is ended at the second.
    await box.advance(120_000);
    expect(outside.done.filter((what) => what.startsWith('end '))).toEqual([]);
  });

  it('comes to what its program said, and how long it took', async () => {
    const { request, exits, runs, box } = await open({ gates: [testGate, lint] });
    await request();
    await box.advance(2_000);
    await exits('test', 3);
    await exits('lint', null, 'SIGSEGV');
    expect(runs()).toMatchObject([
      { gate: 'test', state: 'failed', exitCode: 3, durationMs: 2_000, lastLines: ['1 passed'] },
      { gate: 'lint', state: 'failed', exitCode: null, signal: 'SIGSEGV' },
    ]);
  });

  it('and cannot be merged so is told to its agent at once, with what the gate showed last', async () => {
    const { request, exits, box, outside } = await open({ gates: [testGate, lint] });
    outside.gates.lines = ['1 failed'];
    const approval = await request();
    await exits('lint', 1);
    await exits('test', 3);
    const { items } = (await box.ask('inbox.read', {}, 'agent:a')) as {
      items: Array<{ type: string; text: string }>;
    };
    expect(items.filter(({ type }) => type === 'gate.ended')).toMatchObject([
      { text: expect.stringMatching(`test failed with exit code 3 .*${approval}.*\n1 failed$`) },
    ]);
  });

  it('waits where gates run only once it is approved, and where there are none', async () => {
    const late = await open({ review: { gates: 'on-approve' } });
    await late.request();
    expect(late.checks()).toEqual([]);
    const none = await open({ gates: [] });
    await none.approve(await none.request());
    expect(none.checks()).toEqual([]);
    expect(none.outside.done).toContainEqual(expect.stringMatching(/^merge /));
  });

  it('is looked at when gates are configured later', async () => {
    const { request, outside, checks, box } = await open({ gates: [] });
    await request();
    outside.configs = [configSchema.parse({ gates: [testGate] })];
    outside.tellConfig();
    await box.settle();
    expect(checks()).toHaveLength(1);
    expect(box.hub.live('gate').get('test')).toMatchObject({ command: ['npm', 'test'] });
  });

  it('is not run again and again where a merge comes to nothing', async () => {
    const { request, outside, checks, box } = await open();
    let plans = 0;
    outside.gates.before = () => {
      plans += 1;
      throw new Error('conflict');
    };
    await request();
    await request(hex('c'));
    await box.advance(5_000);
    expect([plans, checks().length]).toEqual([2, 0]);
  });

  it('ends its gates when it is withdrawn, and not those that another waits for', async () => {
    const { request, running, box, states } = await open();
    const approval = await request();
    await box.dispatch('approval.withdraw', { approval });
    await box.advance(1_000);
    expect([running(), states()]).toEqual([[], ['test running']]);
    const other = await open();
    const first = await other.request();
    await other.box.dispatch('gate.run', { subject: commit });
    await other.box.dispatch('approval.withdraw', { approval: first });
    await other.box.advance(1_000);
    expect(other.running()).toHaveLength(1);
  });
});

describe('a merge', () => {
  it('waits for required gates, and happens once they have passed', async () => {
    const { request, approve, approval, exits, outside } = await open({ gates: [testGate, lint] });
    const id = await request();
    await approve(id);
    expect(approval(id)?.state).toBe('merging');
    await exits('lint', 1);
    await exits('test');
    expect(approval(id)).toMatchObject({ state: 'merged', mergeCommit: hex('e') });
    expect(outside.done.filter((what) => what.startsWith('merge '))).toHaveLength(1);
  });

  it('fails with what did not pass, and a red result stands until it is run again', async () => {
    const { request, approve, approval, exits, box, runs } = await open();
    const id = await request();
    await exits('test', 2);
    await approve(id);
    expect(approval(id)).toMatchObject({
      state: 'failed',
      failure: {
        code: 'GATES_FAILED',
        message: expect.stringContaining('test failed (exit code 2)'),
        details: { approval: id, gates: [{ gate: 'test', state: 'failed', exitCode: 2 }] },
      },
    });
    expect(runs()).toHaveLength(1);
    await box.dispatch('gate.run', { subject: id });
    await box.settle();
    await exits('test');
    await approve(id);
    expect(approval(id)?.state).toBe('merged');
  });

  it('happens all the same for a reason, which is kept', async () => {
    const { request, approve, approval, exits, box } = await open();
    const id = await request();
    await exits('test', 1);
    await approve(id, { overrideGates: 'the test machine is on fire' });
    expect(approval(id)).toMatchObject({
      state: 'merged',
      overrideGates: 'the test machine is on fire',
    });
    const { events } = (await box.ask('log.page', { limit: 50 })) as { events: object[] };
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'approval.approved',
        data: expect.objectContaining({ overrideGates: 'the test machine is on fire' }),
      }),
    );
  });

  it('runs them again when the target moved and it leads to another tree', async () => {
    const { request, approve, approval, exits, outside, checks } = await open();
    const id = await request();
    await exits('test');
    outside.gates.at = hex('9');
    await approve(id);
    expect(approval(id)?.state).toBe('merging');
    expect(checks().map(({ purpose }) => purpose)).toEqual(['request', 'merge']);
    outside.gates.at = hex('8');
    await exits('test');
    expect(approval(id)?.state).toBe('merging');
    await exits('test');
    expect(approval(id)?.state).toBe('merged');
  });

  it('gives up on a target that does not come to rest', async () => {
    const { request, approve, approval, exits, outside } = await open();
    const id = await request();
    await exits('test');
    for (const at of ['1', '2', '3', '4', '5']) {
      outside.gates.at = hex(at);
      if (at === '1') await approve(id);
      else await exits('test');
    }
    outside.gates.at = hex('6');
    await exits('test');
    expect(approval(id)).toMatchObject({ state: 'failed', failure: { code: 'GATES_OVERTAKEN' } });
  });

  it('needs no gate that it is of no concern to', async () => {
    const docs = { ...testGate, paths: ['docs/'] };
    const { request, approve, approval, runs, checks } = await open({ gates: [docs] });
    const id = await request();
    expect([runs(), checks()[0]?.gates]).toMatchObject([[], [{ gate: 'test', applies: false }]]);
    await approve(id);
    expect(approval(id)?.state).toBe('merged');
  });

  it('is refused where a config file was never good, for nobody knows what it requires', async () => {
    const { request, approve, approval, outside } = await open({ gates: [] });
    const id = await request();
    const file = { path: '/r/.musher/config.toml', origin: 'repository', problems: [] } as const;
    outside.configFiles = [{ ...file, state: 'bad', problems: [] }];
    await approve(id);
    expect(approval(id)?.failure).toMatchObject({
      code: 'GATES_UNREADABLE',
      details: { path: file.path },
    });
  });

  it('is not held back by what was said yes to with other gates: a changed command is another gate', async () => {
    const { request, approve, approval, exits, outside, runs } = await open();
    const id = await request();
    await exits('test');
    outside.configs = [configSchema.parse({ gates: [{ ...testGate, command: ['true'] }] })];
    await approve(id);
    expect([approval(id)?.state, runs().length]).toEqual(['merging', 2]);
  });

  it('fails when its gate is cancelled, and an alarm is not muted while it waits', async () => {
    const { request, approve, approval, runs, box, outside } = await open();
    outside.targets.set('main', hex('1'));
    outside.tellTarget('main');
    await box.settle();
    const id = await request();
    await approve(id);
    outside.targets.set('main', hex('2'));
    outside.tellTarget('main');
    await box.settle();
    const { targets } = (await box.ask('target.list')) as { targets: object[] };
    expect(targets).toMatchObject([{ alarm: { to: hex('2') } }]);
    await box.dispatch('gate.cancel', { run: runs()[0]?.id });
    outside.exit({ id: runs()[0]?.terminalId ?? '', exitCode: 0, signal: null });
    await box.settle();
    expect(runs()[0]?.state).toBe('cancelled');
    expect(approval(id)?.failure?.message).toContain('test cancelled');
  });
});

describe('runs', () => {
  it('of which ten are asked for, two at once', async () => {
    const gates = Array.from({ length: 10 }, (_, at) => ({ name: `g${at}`, command: ['x'] }));
    const { request, running, box, outside, states } = await open({ gates });
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
    const { request, terminalOf, exits, runs, box, outside } = await open({
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
    const { request, runs, box, exits, states, outside } = await open({ gates });
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
    const { request, runs } = await open({ gates: [{ name: 'test', command: [program] }] });
    await request();
    expect(runs()).toMatchObject([{ state: 'failed', error: { code } }]);
  });

  it('whose end nobody saw are lost, which says nothing of the files', async () => {
    const { request, exits, runs, approve, approval, states } = await open();
    const id = await request();
    await exits('test', null);
    expect(runs()).toMatchObject([{ state: 'lost' }]);
    await approve(id);
    expect(states()).toEqual(['test lost', 'test running']);
    expect(approval(id)?.state).toBe('merging');
  });

  it('are joined, found again, or run again, as was asked for', async () => {
    const { request, exits, box, runs, checks } = await open();
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
    const { box } = await open();
    await refusedWith(code, box.dispatch('gate.run', data));
  });

  it('are refused where there are no gates', async () => {
    const { box } = await open({ gates: [] });
    await refusedWith('GATES_NONE', box.dispatch('gate.run', { subject: commit }));
  });

  it('an agent runs them for its own alone, few at once, and marks none', async () => {
    const { box, request, exits } = await open();
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
    await looks(first, played.outside).request();
    first.crash();
    const again = world();
    again.outside.configs = [configSchema.parse({ gates: [testGate] })];
    const box = await openBox({ features: again.features, store });
    await box.settle();
    expect(looks(box, again.outside).states()).toEqual(['test running']);
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
      const before = looks(first, outside);
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
      const after = looks(box, again.outside);
      expect(after.runs().map((run) => [run.state, run.durationMs])).toEqual([[state, undefined]]);
      expect([opened, again.outside.done.includes(`open ${id}`)]).toEqual([1, false]);
      if (state !== 'running') return;
      again.outside.exit({ id, exitCode: 0, signal: null });
      await box.settle();
      expect(after.runs()).toMatchObject([{ state: 'passed' }]);
    },
  );
});
