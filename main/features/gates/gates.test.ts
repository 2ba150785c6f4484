import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import { commit, lint, openWithGates, testGate } from '../../../test/harness/gates-box.ts';
import { hex } from '../../../test/harness/hub-ports.ts';

describe('what agents ask for', () => {
  it('has its gates run in the background, as terminals that belong to no agent', async () => {
    const { request, outside, runs, checks, terminalOf, box } = await openWithGates();
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
    const { request, exits, runs, box } = await openWithGates({ gates: [testGate, lint] });
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
    const { request, exits, box, outside } = await openWithGates({ gates: [testGate, lint] });
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
    const late = await openWithGates({ review: { gates: 'on-approve' } });
    await late.request();
    expect(late.checks()).toEqual([]);
    const none = await openWithGates({ gates: [] });
    await none.approve(await none.request());
    expect(none.checks()).toEqual([]);
    expect(none.outside.done).toContainEqual(expect.stringMatching(/^merge /));
  });

  it('is looked at when gates are configured later', async () => {
    const { request, outside, checks, box } = await openWithGates({ gates: [] });
    await request();
    outside.configs = [configSchema.parse({ gates: [testGate] })];
    outside.tellConfig();
    await box.settle();
    expect(checks()).toHaveLength(1);
    expect(box.hub.live('gate').get('test')).toMatchObject({ command: ['npm', 'test'] });
  });

  it('is not run again and again where a merge comes to nothing', async () => {
    const { request, outside, checks, box } = await openWithGates();
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
    const { request, running, box, states } = await openWithGates();
    const approval = await request();
    await box.dispatch('approval.withdraw', { approval });
    await box.advance(1_000);
    expect([running(), states()]).toEqual([[], ['test running']]);
    const other = await openWithGates();
    const first = await other.request();
    await other.box.dispatch('gate.run', { subject: commit });
    await other.box.dispatch('approval.withdraw', { approval: first });
    await other.box.advance(1_000);
    expect(other.running()).toHaveLength(1);
  });
});

describe('a merge', () => {
  it('waits for required gates, and happens once they have passed', async () => {
    const { request, approve, approval, exits, outside } = await openWithGates({
      gates: [testGate, lint],
    });
    const id = await request();
    await approve(id);
    expect(approval(id)?.state).toBe('merging');
    await exits('lint', 1);
    await exits('test');
    expect(approval(id)).toMatchObject({ state: 'merged', mergeCommit: hex('e') });
    expect(outside.done.filter((what) => what.startsWith('merge '))).toHaveLength(1);
  });

  it('fails with what did not pass, and a red result stands until it is run again', async () => {
    const { request, approve, approval, exits, box, runs } = await openWithGates();
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
    const { request, approve, approval, exits, box } = await openWithGates();
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
    const { request, approve, approval, exits, outside, checks } = await openWithGates();
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
    const { request, approve, approval, exits, outside } = await openWithGates();
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
    const { request, approve, approval, runs, checks } = await openWithGates({ gates: [docs] });
    const id = await request();
    expect([runs(), checks()[0]?.gates]).toMatchObject([[], [{ gate: 'test', applies: false }]]);
    await approve(id);
    expect(approval(id)?.state).toBe('merged');
  });

  it('is refused where a config file was never good, for nobody knows what it requires', async () => {
    const { request, approve, approval, outside } = await openWithGates({ gates: [] });
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
    const { request, approve, approval, exits, outside, runs } = await openWithGates();
    const id = await request();
    await exits('test');
    outside.configs = [configSchema.parse({ gates: [{ ...testGate, command: ['true'] }] })];
    await approve(id);
    expect([approval(id)?.state, runs().length]).toEqual(['merging', 2]);
  });

  it('fails when its gate is cancelled, and an alarm is not muted while it waits', async () => {
    const { request, approve, approval, runs, box, outside } = await openWithGates();
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
