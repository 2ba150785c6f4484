import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { argsOf, launchOf, mcp } from '../../../../test/harness/launches.ts';
import { conversationIdPattern } from '../../../../preload/contract/conversation-id.ts';
import { builtInNames, profilesOf } from '../profiles.ts';
import { commandOf, ownHooks } from './codex.ts';

const id = '0f9d1c52-6a1b-4f37-9c1e-0a4f6f8a2b11';
const models = ['claude', 'codex', 'gemini', 'opencode', 'copilot', 'aider'];
const begin = { how: 'new', id } as const;
const secret = 'MUSHER_TOKEN';

it('every name that no config may use is a profile, and none besides', () => {
  expect(
    profilesOf('sh')
      .list()
      .map(({ name }) => name),
  ).toEqual(builtInNames);
});

it.each([
  ['codex', begin, []],
  ['codex', { how: 'resumed', id }, ['resume', id]],
  ['codex', { how: 'continued' }, ['resume', '--last']],
  ['gemini', begin, ['--session-id', id]],
  ['gemini', { how: 'resumed', id }, ['--resume', id]],
  ['gemini', { how: 'continued' }, ['--resume', 'latest']],
  ['opencode', begin, []],
  ['opencode', { how: 'resumed', id }, ['--session', id]],
  ['opencode', { how: 'continued' }, ['--continue']],
  ['copilot', begin, [`--session-id=${id}`]],
  ['copilot', { how: 'resumed', id }, [`--resume=${id}`]],
  ['copilot', { how: 'continued' }, ['--continue']],
  ['aider', { how: 'continued' }, ['--restore-chat-history']],
  ['aider', begin, ['--no-restore-chat-history']],
] as const)('%s is asked for %o by its own words', (name, conversation, words) => {
  const args = argsOf(name, { conversation });
  const bare = argsOf(name, { conversation: { how: 'new' } });
  expect(args.filter((one) => !bare.includes(one) || words.includes(one as never))).toEqual(words);
});

it.each(models)('%s is never handed its token by argument or file', (name) => {
  const { args, files = {}, env } = launchOf(name, { mcp });
  const said = [...args, ...Object.values(files), ...Object.values(env)].join('\n');
  // By name alone, for the CLI to look up.
  expect(said.includes(secret)).toBe(!['aider', 'gemini'].includes(name));
  expect(said).not.toMatch(/Bearer [A-Za-z0-9]/);
});

it.each(models)('%s writes nothing outside its own folder, whatever the prompt is', (name) => {
  const { args, env, files = {} } = launchOf(name, { mcp, prompt: '--help; $(id)' });
  for (const file of Object.keys(files)) expect(file).toMatch(/^[a-z-]+\.[a-z]+$/);
  const paths = [...args, ...Object.values(env)].flatMap((one) => one.match(/\/data\/\S*/g) ?? []);
  for (const path of paths) expect(path).toMatch(/^\/data\/a(\/|"|$)/);
  // A prompt that begins with a hyphen is no option.
  const at = args.findIndex((one) => one.includes('$(id)'));
  expect(at < 0 || args[at - 1] === '--' || /^--[a-z-]+=/.test(args[at] ?? '')).toBe(true);
});

it.each(['claude', 'codex', 'opencode', 'copilot'])(
  '%s goes without MCP where there is none',
  (name) => {
    const { args, files = {}, env } = launchOf(name);
    const said = [...args, ...Object.values(files), ...Object.values(env)].join('\n');
    expect(said).not.toMatch(/mcp_servers\.musher|"mcpServers"|"mcp"/);
  },
);

it('Codex is told to trust the very hooks that it is given, and no others', () => {
  for (const { key, event, hash } of ownHooks) {
    const [command, timeout] = commandOf(event);
    const hook = { async: false, command, timeout, type: 'command' };
    const text = JSON.stringify({ event_name: key, hooks: [hook] });
    expect({ key, hash }).toEqual({ key, hash: createHash('sha256').update(text).digest('hex') });
  }
  const args = argsOf('codex').join('\n');
  expect(args.match(/trusted_hash/g)).toHaveLength(ownHooks.length);
  expect(args).not.toContain('bypass');
});

it('files that CLIs read are what their formats want', () => {
  const plugin = launchOf('copilot').files ?? {};
  expect(JSON.parse(plugin['plugin.json'] ?? '')).toMatchObject({ hooks: 'hooks.json' });
  expect(JSON.parse(plugin['hooks.json'] ?? '')).toMatchObject({ version: 1 });
  const { OPENCODE_CONFIG_CONTENT = '' } = launchOf('opencode', { folder: 'C:\\d a\\a' }).env;
  expect(JSON.parse(OPENCODE_CONFIG_CONTENT)).toMatchObject({
    plugin: ['file:///C:/d%20a/a/opencode-plugin.mjs'],
  });
});

it.each(['--resume', '-r', '', 'a b', 'a\nb', '../x'])('%j is no id of a conversation', (text) => {
  expect(conversationIdPattern.test(text)).toBe(false);
});
