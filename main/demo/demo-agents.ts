/** The demo's agents: three scripts, added and run as any other agent is. */
import { join } from 'node:path';
import type { Door } from '../hub/door.ts';
import { findDemoFolder } from './demo-folder.ts';

export const demoAgentNames = ['catalog', 'checkout', 'tests'] as const;

/** Adds those that are not there yet, so that a demo that was opened before goes on. */
export async function addDemoAgents(door: Door): Promise<void> {
  const scripts = join(await findDemoFolder(), 'scripts');
  const present = await presentAgents(door);
  for (const name of demoAgentNames.filter((one) => !present.has(one))) {
    const command = [nodeProgram(), join(scripts, `${name}.mjs`)];
    await door.dispatch(
      { type: 'agent.add', data: { name, profile: 'script', command } },
      'operator',
    );
  }
}

async function presentAgents(door: Door): Promise<ReadonlySet<string>> {
  const { signal } = new AbortController();
  const answer = await door.query({ type: 'agent.list', data: { all: true }, signal }, 'operator');
  return new Set((answer as { agents: { id: string }[] }).agents.map(({ id }) => id));
}

/** Electron's own program would open a window, so there it is the Node on PATH; the scripts need no newer than 20. */
function nodeProgram(): string {
  return process.versions.electron === undefined ? process.execPath : 'node';
}
