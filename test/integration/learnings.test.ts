// Learnings end to end: noted over HTTP and the CLI, counted from what happens, and written to the file that a team shares when Musher
// stops.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LearningRecord } from '../../preload/contract/learning-records.ts';
import type { FindingRecord } from '../../preload/contract/findings.ts';
import { cliFile, type Serving } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';

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

/** Each stop brings it up to date. */
async function fileAfterStop(): Promise<string> {
  await serving.stop();
  const text = await readFile(file, 'utf8');
  serving = await world.serve();
  agent = { ...agent, ...serving.as(agent.token) };
  return text;
}

interface Listed {
  readonly learnings: readonly LearningRecord[];
  readonly findings: ReadonlyArray<FindingRecord & { readonly text: string }>;
}

const listed = () => serving.operator.query<Listed>('learning.list');

async function musher(...args: string[]): Promise<string> {
  const env = { ...process.env, MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  const { stdout } = await promisify(execFile)(process.execPath, [cliFile, ...args], { env });
  return stdout;
}

describe('a learning', () => {
  it('of an agent is listed under its name, once however often it is noted', async () => {
    const { learning } = await agent.command('learning.add', { text: 'tests need redis' });
    const again = await serving.operator.command('learning.add', { text: 'Tests need redis.' });
    expect(again.learning).toBe(learning);
    expect((await listed()).learnings).toMatchObject([
      { id: learning, text: 'tests need redis', by: 'agent:scout', count: 2, others: ['operator'] },
    ]);
  });

  it('of the operator comes by the CLI, is read there, and dropped there', async () => {
    await musher('learn', 'main', 'is', 'protected');
    const noted = await musher('learn', 'wrong');
    const [, id = ''] = /Noted as (\S+)\./.exec(noted) ?? [];
    expect(await musher('learnings', 'drop', id)).toBe(`Dropped ${id}.\n`);
    const said = await musher('learnings');
    expect(said).toContain('main is protected');
    expect(said).not.toContain('wrong');
  });

  it('without words is refused, and so is a drop by an agent', async () => {
    const refusal = agent.command('learning.add', { text: '  ' });
    await expect(refusal).rejects.toMatchObject({ status: 400, code: 'BODY_INVALID' });
    const { learnings } = await listed();
    const drop = agent.command('learning.drop', { id: learnings[0]?.id });
    await expect(drop).rejects.toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });
});

it('a finding is counted from what happened, told by the CLI, and turned into a note', async () => {
  for (let count = 0; count < 5; count++) {
    const asked = { tool: 'Bash', input: `{"command": "npm test -- ${count}"}` };
    const { id } = await agent.command<{ id: string }>('permission.ask', asked);
    await serving.operator.command('permission.allow', { permission: id });
  }
  const said = 'Bash “npm test …” was asked 5 times: 5 allowed, 0 denied.';
  const shown = await musher('learnings', '--category', 'permission');
  expect(shown).toContain(`Asked again and again\n`);
  expect(shown).toContain(said);
  expect(shown).not.toContain('redis');
  const { findings } = await agent.query<Listed>('learning.list', { findings: true });
  const [finding] = findings;
  await musher('learnings', 'promote', finding?.id ?? '', '--text', 'npm test is allowed');
  expect((await listed()).findings).toEqual([]);
});

describe('the file', () => {
  it('has them, and nothing of them is markup', async () => {
    await agent.command('learning.add', { text: 'one\n<!-- two --> `x` [y](z)' });
    const text = await fileAfterStop();
    expect(text).toMatch(/^# Learnings /);
    expect(text).toMatch(
      /^- tests need redis \(scout, operator, \d{4}-\d\d-\d\d, 2 times\) <!-- musher l-/m,
    );
    expect(text).toContain('- one\n  &lt;!-- two --> \\`x\\` \\[y\\](z) (scout, ');
    expect(text).not.toContain('wrong');
  });

  it('keeps what a person did to it, also over the next start', async () => {
    const before = await readFile(file, 'utf8');
    const mine = before
      .replace('- tests need redis', '- All tests need redis')
      .replace(/^- main .*\n/m, '');
    await writeFile(file, `${mine}\nBy hand.`);
    const ids = (await listed()).learnings.map(({ id }) => id);
    await agent.command('learning.add', { text: 'after' });
    const text = await fileAfterStop();
    expect(text).toContain('- All tests need redis (scout');
    expect(text).toContain('\nBy hand.\n');
    expect(text).toMatch(/^- after \(scout/m);
    expect(text).not.toContain('main is protected');
    expect((await listed()).learnings.map(({ id }) => id).slice(0, -1)).toEqual(ids);
  });
});
