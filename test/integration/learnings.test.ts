// Learnings end to end: noted over HTTP and the CLI, kept in the log, written to the file that a team shares.

import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LearningRecord } from '../../preload/contract/learnings.ts';
import { cliFile, type Serving } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let agent: TestAgent;
let file: string;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  agent = await world.addAgent(serving, 'scout');
  file = join(world.repository.root, '.musher', 'learnings.md');
});
afterAll(() => world.dispose());

async function fileHolding(words: string): Promise<string> {
  const { text } = await waitFor(`learnings.md to hold ${words}`, async () => {
    const found = await readFile(file, 'utf8').catch(() => '');
    return found.includes(words) ? { text: found } : new Error(found);
  });
  return text;
}

async function listed(): Promise<readonly LearningRecord[]> {
  const { learnings } = await serving.operator.query<{ learnings: LearningRecord[] }>(
    'learning.list',
  );
  return learnings;
}

describe('a learning', () => {
  it('of an agent is listed under its name and stands in the file', async () => {
    const { learning } = await agent.command('learning.add', { text: 'tests need redis' });
    expect(await listed()).toEqual([
      { id: learning, text: 'tests need redis', by: 'agent:scout', atMs: expect.any(Number) },
    ]);
    const text = await fileHolding(`<!-- ${learning} -->`);
    expect(text).toMatch(/^# Learnings\n/);
    expect(text).toMatch(/^- tests need redis \(scout, \d{4}-\d\d-\d\d\) <!-- l-\w+ -->$/m);
  });

  it('of the operator comes by the CLI, and is read there', async () => {
    const env = { ...process.env, MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [cliFile, ...args], { env });
    await run('learn', 'main', 'is', 'protected');
    await fileHolding('- main is protected (operator');
    const { stdout } = await run('learnings');
    expect(stdout).toContain('main is protected');
  });

  it('cannot open a comment over what follows, and stays one item', async () => {
    const { learning } = await agent.command('learning.add', { text: 'one\n<!-- two' });
    const text = await fileHolding(`<!-- ${learning} -->`);
    expect(text).toContain('- one\n  &lt;!-- two (scout');
  });

  it('keeps what a person wrote into the file', async () => {
    await writeFile(file, `${await readFile(file, 'utf8')}\nBy hand.`);
    const { learning } = await agent.command('learning.add', { text: 'after' });
    expect(await fileHolding(`<!-- ${learning} -->`)).toContain('\nBy hand.\n- after');
  });

  it('is kept though its file cannot be written', async () => {
    await rm(file);
    await mkdir(file);
    const { learning } = await agent.command('learning.add', { text: 'no file' });
    expect((await listed()).map(({ id }) => id)).toContain(learning);
    await rm(file, { recursive: true });
  });

  it('without words is refused', async () => {
    await expect(agent.command('learning.add', { text: '  ' })).rejects.toMatchObject({
      status: 400,
      code: 'BODY_INVALID',
    });
  });

  it('is there again after a restart', async () => {
    const before = await listed();
    await serving.stop();
    serving = await world.serve();
    expect(await listed()).toEqual(before);
  });
});
