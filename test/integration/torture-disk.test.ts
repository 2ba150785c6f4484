// A disk that is full, a log that is damaged, a worktree that vanished: refused by name, never half done.

import { cp, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Refused } from '../harness/musher-client.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { runMusher } from '../harness/serve.ts';
import { mountSmall, unmountAll } from '../harness/small-disk.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
beforeEach(async () => {
  world = await makeServeWorld();
});
afterEach(async () => {
  unmountAll();
  await world.dispose();
});

describe('a full disk', () => {
  it('refuses what it cannot keep, keeps the rest, and goes on once there is room', async () => {
    const folder = dirname(world.logFile);
    if (!(await mountSmall(folder, 3))) return;
    const ballast = join(folder, 'ballast');
    await writeFile(ballast, Buffer.alloc(1024 * 1024));
    const serving = await world.serve();
    const first = await fill(serving);
    expect(first.refusal).toMatchObject({ code: 'STORE_FAILED', status: 503 });

    // Reading goes on, the pages show what is durable, and a retry is refused again and not half done.
    expect(await bodies(serving)).toEqual(first.acked);
    await expect(send(serving, first.refusedKey)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect((await serving.as().send('/status')).status).toBe(200);

    await rm(ballast);
    await send(serving, first.refusedKey);
    expect(await bodies(serving)).toEqual([...first.acked, first.refusedKey]);
    expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
    expect((await serving.stop()).code).toBe(0);

    const again = await world.serve();
    expect(await bodies(again)).toEqual([...first.acked, first.refusedKey]);
    expect(await again.operator.query('log.verify')).toMatchObject({ ok: true });
  });
});

const filler = 'x'.repeat(50_000);

function send(serving: Serving, key: string): Promise<object> {
  const data = { to: '*', body: `${key} ${filler}` };
  return serving.operator.command('message.send', data, `full-disk-${key}`);
}

/** Sends until it is refused. */
async function fill(serving: Serving) {
  const acked: string[] = [];
  for (let number = 0; number < 500; number += 1) {
    try {
      await send(serving, `m${number}`);
      acked.push(`m${number}`);
    } catch (error) {
      if (error instanceof Refused) return { acked, refusal: error, refusedKey: `m${number}` };
      throw error;
    }
  }
  throw new Error('the disk never got full');
}

async function bodies(serving: Serving): Promise<string[]> {
  const { messages } = await serving.operator.query<{ messages: { body: string }[] }>(
    'message.list',
    { limit: 500 },
  );
  return messages.map(({ body }) => body.split(' ')[0] ?? '');
}

describe('a damaged log', () => {
  async function startRefused(): Promise<{ exit: number | null; code: string; message: string }> {
    const { env, root } = world.repository;
    const args = ['serve', '--repo', root, '--port', '0', '--json'];
    const { code: exit, stdout } = await runMusher(args, { env });
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
    return { exit, ...error };
  }

  let kept: string;
  beforeAll(async () => {
    kept = await mkdtemp(join(tmpdir(), 'musher-written-'));
    const writing = await makeServeWorld();
    const serving = await writing.serve();
    for (let number = 0; number < 60; number += 1)
      await serving.operator.command('message.send', { to: '*', body: `${number} ${filler}` });
    await serving.stop();
    await cp(dirname(writing.logFile), kept, { recursive: true });
    await writing.dispose();
  });
  afterAll(() => rm(kept, { recursive: true, force: true }));

  /** A log that was written and closed, as it lies in another repository. */
  async function written(): Promise<void> {
    await cp(kept, dirname(world.logFile), { recursive: true });
  }

  it.each<[string, (file: string) => Promise<void>]>([
    ['no database at all', (file) => writeFile(file, 'this is no database, it only lies here\n')],
    ['its first page overwritten', (file) => overwrite(file, 0, 4096)],
    ['pages in the middle overwritten', (file) => overwrite(file, 4096, 200 * 4096)],
    ['cut in the middle', async (file) => cut(file)],
  ])('%s is told and left as it is', async (_title, damage) => {
    await written();
    await damage(world.logFile);
    const before = await readFile(world.logFile);
    const said = await startRefused();
    expect(said).toMatchObject({ exit: 1, code: 'LOG_DAMAGED' });
    expect(said.message).toContain(world.logFile);
    expect((await readFile(world.logFile)).equals(before)).toBe(true);
  });

  it('an event that was changed afterwards is found by `musher verify`', async () => {
    await written();
    const db = new Database(world.logFile);
    db.exec('UPDATE events SET body = replace(body, \'"to":"*"\', \'"to":"?"\') WHERE seq = 7');
    db.close();
    const { env, root } = world.repository;
    const { code, stdout } = await runMusher(['verify', '--repo', root, '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, brokenAt: 7 });
    expect(code).toBe(1);
  });

  it('an event that was taken out is found, also at the end', async () => {
    await written();
    const db = new Database(world.logFile);
    db.exec('DELETE FROM events WHERE seq = 9');
    db.close();
    const { env, root } = world.repository;
    const { stdout } = await runMusher(['verify', '--repo', root, '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false });
  });
});

async function overwrite(file: string, from: number, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(length, 0xa5), 0, length, from);
  await handle.close();
}

async function cut(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.truncate(Math.floor((await handle.stat()).size / 2));
  await handle.close();
}

describe('a worktree that vanished under its agent', () => {
  it('is told, made again from its branch, and can be destroyed', async () => {
    const serving = await world.serve();
    const one = await world.addAgent(serving, 'one');
    await world.repository.commit('kept', { 'kept.txt': 'kept\n' }, one.worktree);
    await rm(one.worktree, { recursive: true, force: true });

    // The agent still runs, may still talk, and what needs its files is refused by name, not by a defect.
    await one.command('message.send', { to: 'operator', body: 'where am I?' });
    const commit = await world.repository.git(['rev-parse', 'agent/one']);
    const asked = await one.send('/v1/approval.request', { body: { commit } });
    expect(asked.status).toBeLessThan(500);

    await serving.operator.command('agent.restart', { agent: 'one' });
    const told = await untilAgent(serving, 'one', 'stopped');
    expect(told.failure).toMatchObject({
      code: 'WORKTREE_MISSING',
      message: expect.stringContaining(one.worktree),
      mend: expect.stringContaining('agent/one'),
    });
    await serving.operator.command('agent.start', { agent: 'one' });
    await untilAgent(serving, 'one', 'running');
    expect(await readFile(join(one.worktree, 'kept.txt'), 'utf8')).toBe('kept\n');

    await rm(one.worktree, { recursive: true, force: true });
    await serving.operator.command('agent.destroy', { agent: 'one' });
    await untilAgent(serving, 'one', 'destroyed');
    // What was not committed is gone, and it is not kept quiet.
    expect((await agentRecord(serving, 'one')).failure?.code).toBe('WORKTREE_GONE');
    expect(await world.repository.git(['rev-parse', 'agent/one'])).toBe(commit);
    expect(serving.output()).not.toContain('a defect');
  });

  it('while it was stopped is told by its start, and one that was only moved comes back with all its files', async () => {
    const serving = await world.serve();
    const one = await world.addAgent(serving, 'one');
    await serving.operator.command('agent.stop', { agent: 'one' });
    await untilAgent(serving, 'one', 'stopped');
    await writeFile(join(one.worktree, 'draft.txt'), 'draft\n');
    await rename(one.worktree, `${one.worktree}-moved`);

    await serving.operator.command('agent.start', { agent: 'one' });
    const told = await waitFor('the failure', async () => {
      const record = await agentRecord(serving, 'one');
      return record.failure !== undefined && record;
    });
    expect([told.state, told.failure?.code]).toEqual(['stopped', 'WORKTREE_MISSING']);
    await rename(`${one.worktree}-moved`, one.worktree);
    await serving.operator.command('agent.start', { agent: 'one' });
    await untilAgent(serving, 'one', 'running');
    expect(await readFile(join(one.worktree, 'draft.txt'), 'utf8')).toBe('draft\n');
  });
});
