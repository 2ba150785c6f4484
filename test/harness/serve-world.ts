// A repository, the Mushers that serve it, and agents whose tokens the test knows. All gone when disposed.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { TestRepository } from './repositories.ts';
import { makeRepository } from './repositories.ts';
import type { MusherClient } from './musher-client.ts';
import type { ServeOptions, Serving } from './serve.ts';
import { startServe } from './serve.ts';
import { waitFor } from './wait.ts';

export interface TestAgent extends MusherClient {
  readonly name: string;
  readonly token: string;
  readonly worktree: string;
}

export interface ServeWorld {
  readonly repository: TestRepository;
  readonly logFile: string;
  serve(options?: ServeOptions): Promise<Serving>;
  /** An agent that runs and does nothing by itself; the test acts with its token. */
  addAgent(serving: Serving, name: string): Promise<TestAgent>;
  dispose(): Promise<void>;
}

export async function makeServeWorld(): Promise<ServeWorld> {
  const repository = await makeRepository();
  const servings: Serving[] = [];
  return {
    repository,
    logFile: join(repository.commonDir, 'musher', 'log.sqlite'),
    async serve(options) {
      const serving = await startServe(repository.root, { env: repository.env, ...options });
      servings.push(serving);
      return serving;
    },
    addAgent: (serving, name) => addAgent(repository, serving, name),
    async dispose() {
      await Promise.all(servings.map((serving) => serving.stop()));
      await repository.dispose();
    },
  };
}

/** Command line of a scripted agent of test/fixtures/agents. */
export function scriptedAgent(script: string, ...args: string[]): string[] {
  const file = fileURLToPath(new URL(`../fixtures/agents/${script}`, import.meta.url));
  return [process.execPath, file, ...args];
}

export async function agentRecord(serving: Serving, name: string): Promise<AgentRecord> {
  const { agents } = await serving.operator.query<{ agents: AgentRecord[] }>('agent.list', {
    all: true,
  });
  const found = agents.find((agent) => agent.id === name);
  if (found === undefined) throw new Error(`there is no agent ${name}`);
  return found;
}

export function untilAgent(
  serving: Serving,
  name: string,
  state: AgentRecord['state'],
): Promise<AgentRecord> {
  return waitFor(`agent ${name} to be ${state}`, async () => {
    const record = await agentRecord(serving, name);
    return record.state === state ? record : new Error(JSON.stringify(record));
  });
}

/** For a Musher that several tests share: no agent is left, nor its branch, nor what it asked. */
export async function endAgents({ repository }: ServeWorld, serving: Serving): Promise<void> {
  const { agents } = await serving.operator.query<{ agents: AgentRecord[] }>('agent.list', {
    all: true,
  });
  await Promise.all(
    agents.map(async ({ id, state, branch }) => {
      if (state !== 'destroyed') await serving.operator.command('agent.destroy', { agent: id });
      await untilAgent(serving, id, 'destroyed');
      await serving.operator.command('agent.purge', { agent: id });
      await repository.gitPasses(['branch', '-q', '-D', branch]);
    }),
  );
}

/** One commit of a new agent, from its request to its merge. */
export async function mergeOneCommit(world: ServeWorld, serving: Serving): Promise<void> {
  const agent = await world.addAgent(serving, 'one');
  const commit = await world.repository.commit('work', { 'a.txt': 'a' }, agent.worktree);
  const { approval } = await agent.command<{ approval: string }>('approval.request', { commit });
  const yes = { approval, commit, updateCheckout: true };
  await serving.operator.command('approval.approve', yes);
  await waitFor('the merge', async () => {
    const record = await agent.query<{ state: string }>('approval.get', { approval });
    return record.state === 'merged' ? record : record.state;
  });
}

/** The token that its process was started with last. */
export async function tokenOf(repository: TestRepository, name: string): Promise<string> {
  const read = await waitFor(`the token of ${name}`, () => readFile(tokenFile(repository, name)));
  return read.toString('utf8');
}

export async function forgetToken(repository: TestRepository, name: string): Promise<void> {
  await rm(tokenFile(repository, name), { force: true });
}

async function addAgent(
  repository: TestRepository,
  serving: Serving,
  name: string,
): Promise<TestAgent> {
  await forgetToken(repository, name);
  const command = scriptedAgent('keeps-token.mjs', tokenFile(repository, name));
  await serving.operator.command('agent.add', { name, profile: 'script', command });
  const record = await untilAgent(serving, name, 'running');
  const token = await tokenOf(repository, name);
  return { ...serving.as(token), name, token, worktree: record.worktreePath ?? '' };
}

function tokenFile(repository: TestRepository, name: string): string {
  return join(repository.root, '..', `token-${name}`);
}
