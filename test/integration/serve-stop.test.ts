// The end of `musher serve`: orderly or not, nothing is left behind, and the next start has everything.

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { cases } from '../harness/rounds.ts';
import { messagesOf, openEvents } from '../harness/serve-ends.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import {
  agentRecord,
  forgetToken,
  makeServeWorld,
  scriptedAgent,
  tokenOf,
  untilAgent,
} from '../harness/serve-world.ts';
import { hostState, markedBy } from '../harness/host-world.ts';
import { type Finished, isAlive, runMusher } from '../harness/serve.ts';

let world: ServeWorld;
afterEach(() => world.dispose());

async function startedWith(agents: readonly string[]) {
  world = await makeServeWorld();
  const serving = await world.serve();
  const added = [];
  for (const name of agents) added.push(await world.addAgent(serving, name));
  return { serving, agents: added };
}

/** Of the terminal host and all that its terminals started. */
async function processes(): Promise<number[]> {
  const { pid, hostId } = await hostState(world.repository.env);
  return [pid, ...(await markedBy(hostId))];
}

function stopAgents(): Promise<Finished> {
  const { env, root } = world.repository;
  return runMusher(['stop', '--agents', '--repo', root], { env });
}

// By SIGTERM: `serve-hung`.
it.each(cases(['SIGINT', 'SIGHUP'] as const, ['SIGTERM'] as const))(
  '%s ends Musher with exit 0 and leaves its agents running, and says so',
  async (signal) => {
    const { serving } = await startedWith(['one', 'two']);
    const pids = await processes();
    expect(pids.length).toBeGreaterThanOrEqual(3);
    expect(await serving.kill(signal)).toEqual({ code: 0, signal: null });
    expect(pids.filter(isAlive)).toEqual(pids);
    await waitFor('it to say so', () =>
      serving.output().includes('2 agents go on running (one, two). `musher stop --agents`'),
    );
  },
);

it.each(['while Musher runs', 'when it does not'])(
  '`musher stop --agents` ends every agent, %s, and the next Musher says who ended them',
  async (when) => {
    const { serving } = await startedWith(['one', 'two']);
    const [, ...agents] = await processes();
    if (when === 'when it does not') await serving.kill('SIGKILL');
    const { code, stdout } = await stopAgents();
    expect([code, stdout]).toEqual([0, expect.stringContaining('Ended: one, two.')]);
    expect(agents.filter(isAlive)).toEqual([]);
    const again = await world.serve();
    expect(await agentRecord(again, 'one')).toMatchObject({
      state: 'stopped',
      exit: { by: 'system', expected: true },
    });
  },
);

it('`musher stop` ends Musher alone', async () => {
  const { serving } = await startedWith(['one']);
  const pids = await processes();
  const { env, root } = world.repository;
  const { stdout } = await runMusher(['stop', '--repo', root], { env });
  expect(stdout).toContain('Still running: one.');
  expect(await serving.ended).toEqual({ code: 0, signal: null });
  expect(pids.filter(isAlive)).toEqual(pids);
  expect((await runMusher(['stop', '--repo', root], { env })).stdout).toContain('No Musher ran');
});

it('agents that ignore every signal but the last are ended too', async () => {
  const { serving } = await startedWith([]);
  const ignore = `process.on('SIGTERM',()=>{});process.on('SIGHUP',()=>{});process.on('SIGINT',()=>{});setInterval(()=>{},1000);console.log('here')`;
  await serving.operator.command('agent.add', {
    name: 'deaf',
    profile: 'script',
    command: [process.execPath, '-e', ignore],
  });
  await untilAgent(serving, 'deaf', 'running');
  await waitFor('the agent to ignore signals', async () => {
    const { text } = await serving.operator.query<{ text: string }>('agent.screen', {
      agent: 'deaf',
    });
    return text.includes('here');
  });
  const [, ...tree] = await processes();
  expect((await stopAgents()).code).toBe(0);
  expect((await serving.ended).code).toBe(0);
  await waitFor('all processes to be gone', () => tree.every((pid) => !isAlive(pid)));
});

it('whoever waits gets an answer, not a broken connection', async () => {
  const { serving, agents } = await startedWith(['one']);
  const waiting = agents[0]?.query<{ items: unknown[] }>('inbox.read', { waitMs: 60_000 });
  const { ended } = await openEvents(serving);
  expect((await serving.kill('SIGTERM')).code).toBe(0);
  expect(await waiting).toMatchObject({ items: [] });
  expect(await ended).toBe('ended');
});

it('nothing holds a file of the repository open afterwards', async () => {
  const { serving } = await startedWith(['one']);
  await serving.stop();
  expect(await openFilesBelow(world.repository.root)).toEqual([]);
});

it('a restart keeps agents, messages, questions, approvals and cursors', async () => {
  const { serving, agents } = await startedWith(['one', 'two']);
  const [one, two] = agents;
  if (one === undefined || two === undefined) throw new Error('no agents');
  await one.command('message.send', { to: 'two', body: 'first' });
  const read = await two.query<{ cursor: number }>('inbox.read');
  await two.command('inbox.ack', { upTo: read.cursor });
  await one.command('message.send', { to: 'two', body: 'second' });
  const asked = await one.command<{ question: string }>('question.ask', { text: 'Still there?' });
  const commit = await world.repository.commit('work', { 'work.txt': 'done\n' }, one.worktree);
  const requested = await one.command<{ approval: string }>('approval.request', { commit });
  const before = await serving.operator.query('approval.get', { approval: requested.approval });
  await serving.stop();

  const again = await world.serve();
  expect(await messagesOf(again)).toEqual(['first', 'second']);
  expect(await again.operator.query('question.get', { question: asked.question })).toMatchObject({
    state: 'open',
    text: 'Still there?',
  });
  expect(await again.operator.query('approval.get', { approval: requested.approval })).toEqual(
    before,
  );
  expect((await agentRecord(again, 'two')).state).toBe('stopped');
  await forgetToken(world.repository, 'two');
  await again.operator.command('agent.start', { agent: 'two' });
  await untilAgent(again, 'two', 'running');
  const fresh = again.as(await tokenOf(world.repository, 'two'));
  const inbox = await fresh.query<{ items: { data: { body?: string } }[] }>('inbox.read');
  expect(inbox.items.map((item) => item.data.body)).toEqual(['second']);
  await expect(again.as(two.token).query('inbox.read')).rejects.toMatchObject({ status: 401 });
  expect(await again.operator.query('log.verify')).toMatchObject({ ok: true });
});

it('starts and stops one after another leave no open transaction', async () => {
  const { serving } = await startedWith([]);
  await serving.stop();
  for (let round = 0; round < 5; round += 1) {
    const next = await world.serve();
    expect((await next.stop()).code).toBe(0);
  }
  expect(existsSync(`${world.logFile}-wal`)).toBe(false);
});

it('an agent that ends by itself is shown with its exit code', async () => {
  const { serving } = await startedWith([]);
  const command = scriptedAgent('exits.mjs', '7');
  await serving.operator.command('agent.add', { name: 'brief', profile: 'script', command });
  const record = await untilAgent(serving, 'brief', 'stopped');
  expect(record.exit).toMatchObject({ code: 7, expected: false });
});

/** Where there is /proc by it, else by lsof; a machine with neither shows nothing. */
async function openFilesBelow(root: string): Promise<string[]> {
  if (!existsSync('/proc/self/fd')) {
    const { stdout } = await promisify(execFile)('lsof', ['-t', '+D', root]).catch(() => ({
      stdout: '',
    }));
    return stdout.split('\n').filter(Boolean);
  }
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => linksOf(`/proc/${pid}/fd`))
    .filter((file) => file.startsWith(root));
}

function linksOf(folder: string): string[] {
  try {
    return readdirSync(folder).map((fd) => readlinkSync(`${folder}/${fd}`));
  } catch {
    return [];
  }
}
