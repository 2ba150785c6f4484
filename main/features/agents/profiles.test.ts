import { expect, it } from 'vitest';
import { builtInProfiles } from './profiles.ts';

const profiles = builtInProfiles('sh');
const mcp = { url: 'http://127.0.0.1:9119/mcp' };
const argsOf = (name: string, ask: object = {}) =>
  profiles.get(name)?.launch({ agent: 'a', resume: false, ...ask }).args ?? [];

it('Claude Code gets the MCP server for its own process, and the token from the environment', () => {
  const args = argsOf('claude', { mcp, prompt: 'go' });
  const config = JSON.parse(args[args.indexOf('--mcp-config') + 1] ?? '') as unknown;
  expect(config).toEqual({
    mcpServers: {
      musher: {
        ...{ type: 'http', url: mcp.url, alwaysLoad: true },
        headers: { Authorization: 'Bearer $' + '{MUSHER_TOKEN}' },
      },
    },
  });
  // Both take as many words as follow: what follows is an option.
  for (const option of ['--mcp-config', '--allowedTools'])
    expect(args[args.indexOf(option) + 2]).toMatch(/^--/);
  expect(args.slice(-2)).toEqual(['--', 'go']);
});

it('Codex gets it by settings of this run, before what it is to do', () => {
  const own = [
    ...['-c', `mcp_servers.musher.url="${mcp.url}"`],
    ...['-c', 'mcp_servers.musher.bearer_token_env_var="MUSHER_TOKEN"'],
  ];
  expect(argsOf('codex', { mcp, resume: true })).toEqual([...own, 'resume', '--last']);
  expect(argsOf('codex', { mcp, prompt: 'go' }).slice(0, 5)).toEqual([...own, '--']);
});

it.each(['claude', 'codex'])('%s goes without where there is none', (name) => {
  expect(argsOf(name).join(' ')).not.toContain('mcp_servers');
  expect(argsOf(name)).not.toContain('--mcp-config');
});
