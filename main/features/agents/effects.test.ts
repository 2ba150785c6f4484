import { describe, expect, it } from 'vitest';
import { musherError } from '../../base/result.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { world, type World } from '../../../test/harness/hub-ports.ts';
import { selectAgents } from './slice.ts';

const agentIn = (box: Box, id = 'a') => selectAgents(box.hub.state()).byId.get(id);
const open = (played: World, store = memoryStore()) =>
  openBox({ features: played.features, store });
const failOn = (played: World, deed: RegExp) => {
  played.outside.before = (what) => {
    if (deed.test(what)) throw musherError('GIT_FAILED', { subcommand: what, reason: 'no' });
  };
};

async function running(played = world()) {
  const box = await open(played);
  await box.dispatch('agent.add', { name: 'a', prompt: 'go' });
  return { box, outside: played.outside, played };
}

describe('the life of an agent', () => {
  it('begins with a worktree, a token and a terminal', async () => {
    const { box, outside } = await running();
    expect(agentIn(box)).toMatchObject({ state: 'running', session: 1, terminalId: 'a.1' });
    expect(outside.done).toEqual(['check a', 'provision a', 'provision a', 'issue a', 'open a.1']);
  });

  it('is stopped, started, restarted, destroyed, revived with its files, and purged', async () => {
    const { box, outside } = await running();
    const go = async (verb: string) => {
      outside.done.length = 0;
      await box.dispatch(`agent.${verb}`, { agent: 'a' });
      return [agentIn(box)?.state, ...outside.done];
    };
    expect(await go('stop')).toEqual(['stopped', 'end a.1']);
    expect(await go('start')).toEqual(['running', 'provision a', 'issue a', 'open a.2']);
    expect(await go('restart')).toEqual([
      'running',
      'end a.2',
      'provision a',
      'issue a',
      'open a.3',
    ]);
    expect(await go('destroy')).toEqual(['destroyed', 'end a.3', 'revoke a', 'retire a']);
    const files = 'provision a refs/musher/snapshots/a';
    expect(await go('revive')).toEqual(['running', files, 'provision a', 'issue a', 'open a.4']);
    await go('destroy');
    expect(await go('purge')).toEqual([undefined, 'forget a']);
  });

  it('a path in the worktree that is no program shows at the start, and is said', async () => {
    const box = await open(world());
    await box.dispatch('agent.add', { name: 'a', profile: 'script', command: ['./missing'] });
    expect(agentIn(box)).toMatchObject({
      state: 'stopped',
      failure: { code: 'PROGRAM_UNUSABLE', message: expect.stringContaining('no such file') },
    });
  });

  it('a stop while it starts waits for the start, then ends it', async () => {
    const played = world();
    let goOn = (): void => undefined;
    played.outside.before = (what) =>
      what.startsWith('open') ? new Promise<void>((resolve) => (goOn = resolve)) : undefined;
    const { box, outside } = await running(played);
    await box.dispatch('agent.stop', { agent: 'a' });
    expect(agentIn(box)?.state).toBe('stopping');
    goOn();
    await box.settle();
    expect([agentIn(box)?.state, outside.done.at(-1), outside.running.size]).toEqual([
      'stopped',
      'end a.1',
      0,
    ]);
  });
});

describe('a transient state ends also when the work behind it fails', () => {
  it.each([
    ['creating', /^provision/, 'stopped'],
    ['starting', /^issue/, 'stopped'],
    ['starting', /^open/, 'stopped'],
  ] as const)('%s at %s', async (...row) => {
    const [, deed, state] = row;
    const played = world();
    failOn(played, deed);
    const { box } = await running(played);
    expect(agentIn(box)).toMatchObject({ state, failure: { code: 'GIT_FAILED' } });
  });

  it.each([
    ['stop', /^end/, 'running'],
    ['restart', /^end/, 'running'],
    ['destroy', /^end/, 'running'],
  ] as const)('agent.%s at %s leaves it running', async (...row) => {
    const [verb, deed, state] = row;
    const { box, played } = await running();
    failOn(played, deed);
    await box.dispatch(`agent.${verb}`, { agent: 'a' });
    expect(agentIn(box)).toMatchObject({ state, failure: { code: 'GIT_FAILED' } });
    played.outside.before = () => undefined;
    await box.dispatch('agent.stop', { agent: 'a' });
    expect(agentIn(box)?.state).toBe('stopped');
  });

  it('a snapshot that fails removes nothing, and the agent is where its program is', async () => {
    const { box, played } = await running();
    failOn(played, /^retire/);
    const end = { terminalId: 'a.1', exitCode: 0, signal: null };
    const destroyed = box.dispatch('agent.destroy', { agent: 'a' });
    await box.hub.system({ type: 'terminal.exited', data: end });
    await destroyed;
    expect(agentIn(box)).toMatchObject({ state: 'stopped', worktreePath: '/r.worktrees/a' });
  });

  it('a start after a failed creation makes the worktree, and it is known from then on', async () => {
    const played = world();
    failOn(played, /^provision/);
    const { box } = await running(played);
    expect(agentIn(box)?.worktreePath).toBeUndefined();
    played.outside.before = () => undefined;
    await box.dispatch('agent.start', { agent: 'a' });
    expect(agentIn(box)).toMatchObject({ state: 'running', worktreePath: '/r.worktrees/a' });
    await box.dispatch('agent.destroy', { agent: 'a' });
    expect(played.outside.done.at(-1)).toBe('retire a');
  });

  it('a start after a failed revival brings the files back', async () => {
    const { box, played } = await running();
    await box.dispatch('agent.destroy', { agent: 'a' });
    failOn(played, /^provision/);
    await box.dispatch('agent.revive', { agent: 'a' });
    played.outside.before = () => undefined;
    played.outside.done.length = 0;
    await box.dispatch('agent.start', { agent: 'a' });
    expect(played.outside.done[0]).toBe('provision a refs/musher/snapshots/a');
    expect(agentIn(box)).toMatchObject({ state: 'running', snapshotRef: undefined });
  });
});

describe('a crash of the hub', () => {
  it.each(['check', 'provision', 'issue', 'open'])(
    'in the middle of "%s" is got over',
    async (deed) => {
      const store = memoryStore();
      const first = world();
      const never = () => new Promise<void>(() => undefined);
      first.outside.before = (what) => (what.startsWith(deed) ? never() : undefined);
      const box = await open(first, store);
      box.hub
        .dispatch({ type: 'agent.add', data: { name: 'a' } }, 'operator')
        .catch(() => undefined);
      await box.settle();
      box.crash();
      const next = await open(world(), store);
      await next.settle();
      expect(agentIn(next)?.state).toBe(deed === 'check' ? undefined : 'running');
    },
  );

  it('adopts a terminal that still runs, and reports one that does not', async () => {
    const store = memoryStore();
    const played = world();
    const box = await open(played, store);
    for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
    box.crash();
    played.outside.running.delete('b.1');
    const next = await open(played, store);
    await next.settle();
    expect(agentIn(next)).toMatchObject({ state: 'running', session: 1 });
    expect(agentIn(next, 'b')).toMatchObject({
      state: 'stopped',
      exit: { code: null, expected: false },
    });
  });

  it('a session whose program ended before its start was reported is not run again', async () => {
    const store = memoryStore();
    const played = world();
    const box = await open(played, store);
    const never = new Promise<void>(() => undefined);
    played.outside.before = (what) => (what.startsWith('open') ? never : undefined);
    await box.dispatch('agent.add', { name: 'a' });
    const end = { terminalId: 'a.1', exitCode: 1, signal: null };
    const told = box.hub.system({ type: 'terminal.exited', data: end });
    await box.settle();
    await told;
    box.crash();
    const after = world();
    const next = await open(after, store);
    await next.settle();
    expect(agentIn(next)).toMatchObject({
      state: 'stopped',
      exit: { code: 1 },
      failure: { code: 'SPAWN_FAILED' },
    });
    expect(after.outside.done).toEqual([]);
  });
});
