// A stand-in for Gemini CLI that asks at its screen (test/fixtures/agents/asks-on-screen.mjs), found on the PATH by its name.

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { PermissionRecord } from '../../preload/contract/permissions.ts';
import { scriptedAgent, type ServeWorld, untilAgent } from './serve-world.ts';
import type { Serving } from './serve.ts';
import { waitFor } from './wait.ts';

/** The environment for `serve`. */
export async function prepareAsking({ repository }: ServeWorld): Promise<Record<string, string>> {
  const folder = join(repository.root, '..', 'asking');
  await mkdir(folder);
  const [node = '', script = ''] = scriptedAgent('asks-on-screen.mjs');
  const file = join(folder, 'gemini');
  await writeFile(file, `#!/bin/sh\nexec '${node}' '${script}'\n`);
  await chmod(file, 0o755);
  const { env } = repository;
  return { ...env, PATH: [folder, env.PATH ?? ''].join(delimiter) };
}

export async function startAsking(serving: () => Serving, agent: string): Promise<Asking> {
  await serving().operator.command('agent.add', { name: agent, profile: 'gemini' });
  await untilAgent(serving(), agent, 'running');
  const asking = askingOf(serving, agent);
  await asking.untilScreen('Type your message');
  return asking;
}

export type Asking = ReturnType<typeof askingOf>;

function askingOf(serving: () => Serving, agent: string) {
  const type = (text: string, enter: boolean) =>
    serving().operator.command('agent.type', { agent, text, enter });
  async function open(): Promise<readonly PermissionRecord[]> {
    const { permissions } = await serving().operator.query<{ permissions: PermissionRecord[] }>(
      'permission.list',
    );
    return permissions.filter((one) => one.agent === agent);
  }
  return {
    say: (line: string) => type(line, true),
    press: (key: string) => type(key, false),
    open,
    screen: async () =>
      (await serving().operator.query<{ text: string }>('agent.screen', { agent })).text,
    untilScreen: (words: string) =>
      waitFor(`${words} on the screen`, async () => {
        const { text } = await serving().operator.query<{ text: string }>('agent.screen', {
          agent,
        });
        return text.includes(words) || new Error(text);
      }),
    untilAsked: (command: string) =>
      waitFor(`that ${command} is asked for`, async () => {
        const all = await open();
        return all.find(({ subject }) => subject === command) ?? JSON.stringify(all);
      }),
    until: (id: string, is: (one: PermissionRecord) => boolean) =>
      waitFor(`what ${id} should be`, async () => {
        const ask = { permission: id };
        const one = await serving().operator.query<PermissionRecord>('permission.get', ask);
        return is(one) ? one : JSON.stringify(one);
      }),
  };
}
