// Two repositories in one app: what they share, and what they must never share.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { App } from '../../main/compose/app.ts';
import { openApp } from '../../main/compose/app.ts';
import type { Project } from '../../main/compose/project.ts';
import { musherClient } from '../harness/musher-client.ts';
import type { TestRepository } from '../harness/repositories.ts';
import { makeRepository } from '../harness/repositories.ts';
import { waitFor } from '../harness/wait.ts';

let repositories: TestRepository[];
let app: App;

beforeEach(async () => {
  repositories = await Promise.all([makeRepository(), makeRepository()]);
  app = await openApp({ port: 0, log: silentLogger });
});
afterEach(async () => {
  await app.dispose({ endAgents: true });
  await Promise.all(repositories.map((repository) => repository.dispose()));
});

const openBoth = () => Promise.all(repositories.map(({ root }) => app.open(root)));
const operatorOf = ({ operatorToken }: Project) => musherClient(app.url, operatorToken);

/** An agent of that name, whose screen says `text` and what it says. */
async function addAgent(project: Project, name: string, text: string): Promise<string> {
  const program = `console.log(process.argv[1]); setInterval(() => {}, 1000)`;
  const command = [process.execPath, '-e', program, text];
  await operatorOf(project).command('agent.add', { name, profile: 'script', command });
  const { screen } = await waitFor(`the screen of ${name}`, async () => {
    const screen = await screenOf(project, name).catch((error: unknown) => String(error));
    return screen.includes(text) ? { screen } : new Error(screen);
  });
  return screen;
}

async function screenOf(project: Project, agent: string): Promise<string> {
  return (await operatorOf(project).query<{ text: string }>('agent.screen', { agent })).text;
}

async function agentsOf(project: Project): Promise<AgentRecord[]> {
  return (await operatorOf(project).query<{ agents: AgentRecord[] }>('agent.list')).agents;
}

it('agents of one name have a terminal each, and each sees its own project alone', async () => {
  const [one, two] = await openBoth();
  if (one === undefined || two === undefined) throw new Error('not opened');
  expect(await addAgent(one, 'backend', 'first')).toContain('first');
  expect(await addAgent(two, 'backend', 'second')).toContain('second');
  expect(await screenOf(one, 'backend')).not.toContain('second');

  const [ofOne, ofTwo] = [await agentsOf(one), await agentsOf(two)];
  expect([ofOne.length, ofTwo.length]).toEqual([1, 1]);
  expect(ofOne[0]?.worktreePath).not.toBe(ofTwo[0]?.worktreePath);
  expect((await one.terminals.list()).map(({ id }) => id)).toEqual(['backend.1']);
  expect((await two.terminals.list()).map(({ id }) => id)).toEqual(['backend.1']);
});

it('the end of a program is told to its own project, and the other goes on', async () => {
  const [one, two] = await openBoth();
  if (one === undefined || two === undefined) throw new Error('not opened');
  await addAgent(one, 'backend', 'first');
  await addAgent(two, 'backend', 'second');
  await operatorOf(one).command('agent.stop', { agent: 'backend' });
  await waitFor('it to stop', async () => {
    const [agent] = await agentsOf(one);
    return agent?.state === 'stopped' ? true : new Error(agent?.state);
  });
  expect((await agentsOf(two))[0]?.state).toBe('running');
});

describe('a token says in which project its bearer acts', () => {
  it('the operator’s too, and a login link shows that project', async () => {
    const [one, two] = await openBoth();
    if (one === undefined || two === undefined) throw new Error('not opened');
    const roots = await Promise.all(
      [one, two].map((project) => operatorOf(project).query<{ root: string }>('repository.get')),
    );
    expect(roots.map(({ root }) => root)).toEqual([one.root, two.root]);
    expect(new URL(app.loginUrl(two)).searchParams.get('project')).toBe(two.id);
    const { body } = await musherClient(app.url).send('/status');
    expect(body).toMatchObject({
      projects: [
        { id: one.id, repository: one.root },
        { id: two.id, repository: two.root },
      ],
    });
  });
});

it('a repository is opened once, from whichever folder, also twice at the same time', async () => {
  const [{ root } = { root: '' }] = repositories;
  const [first, again] = await Promise.all([app.open(root), app.open(root)]);
  expect(again).toBe(first);
  expect(await app.open(`${root}/.git/..`)).toBe(first);
});

it('a repository that cannot be opened leaves the others as they are', async () => {
  const [{ root } = { root: '' }] = repositories;
  const project = await app.open(root);
  await expect(app.open('/nowhere/at/all')).rejects.toThrow('/nowhere/at/all');
  expect(await agentsOf(project)).toEqual([]);
});
