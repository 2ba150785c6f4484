import { expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, provisioned } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { openBox } from '../../../test/harness/hub.ts';
import { configSchema } from '../../../preload/contract/config.ts';
import { editorOf } from './index.ts';

const command = ['code', '-g', '{file}:{line}'];
const config = configSchema.parse({ editor: { command } });
const past: Past[] = [added('a'), provisioned('a')];

function set(words: readonly string[] | undefined = command) {
  const played = world();
  const own = configSchema.parse({ editor: { command: words } });
  played.outside.configs = [own];
  played.outside.configsOf = 'user';
  return played;
}

it('only the own file of the operator names an editor', () => {
  const file = { path: 'config.toml', config };
  expect(editorOf([{ ...file, origin: 'repository' }])).toBeUndefined();
  expect(editorOf([{ ...file, origin: 'user' }])).toEqual(command);
});

it.each([
  [{ path: 'a.ts', line: 3, agent: 'a' }, '/r.worktrees/a/a.ts', 3],
  [{ path: 'a.ts:7', agent: 'a' }, '/r.worktrees/a/a.ts', 7],
  [{ path: 'a.ts' }, '/r/a.ts', 1],
])('%j opens the file, at the line', async (data, path, line) => {
  const { agent } = data as { agent?: string };
  await given(set(), ...past)
    .when('editor.open', data)
    .leadsTo([['editor.opened', { path, line, agent }]], ['editor.start editor']);
});

it('a config file is opened wherever it is', async () => {
  const played = set();
  const path = '/home/me/config.toml';
  played.outside.configFiles = [{ path, origin: 'user', state: 'good', problems: [] }];
  await given(played, ...past)
    .when('editor.open', { path, line: 2 })
    .leadsTo([['editor.opened', { path, line: 2 }]], ['editor.start editor']);
});

it.each([
  [{ path: 'a.ts' }, undefined, 'EDITOR_NONE'],
  [{ path: 'a.ts' }, ['missing', '{file}'], 'EDITOR_MISSING'],
  [{ path: 'missing' }, command, 'EDITOR_FILE_UNKNOWN'],
  [{ path: 'a.ts', agent: 'x' }, command, 'AGENT_UNKNOWN'],
] as const)('%j with %j is refused as %s', (data, words, code) => {
  const played = words === undefined ? world() : set(words);
  return given(played, ...past)
    .when('editor.open', data)
    .refused(code);
});

it('files are found by what is typed of their names', async () => {
  const box = await openBox({ features: set().features });
  const asked = await box.ask('file.find', { text: 'auht', limit: 1 });
  expect(asked).toEqual({ files: ['src/auth.ts'], total: 2 });
});

it('is started with words alone, and told when that fails', async () => {
  const played = set();
  const box = await openBox({ features: played.features });
  await box.dispatch('editor.open', { path: 'a.ts', line: 3 });
  await box.settle();
  expect(played.outside.done).toContain('edit /bin/code -g /r/a.ts:3');
  played.outside.before = (deed) => {
    if (deed.startsWith('edit')) throw new Error('no');
  };
  await box.dispatch('editor.open', { path: 'a.ts' });
  await box.settle();
  const { events } = (await box.ask('log.page', {})) as { events: Array<{ type: string }> };
  expect(events.at(-1)?.type).toBe('editor.failed');
});
