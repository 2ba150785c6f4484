import { expect, it } from 'vitest';
import { argsOf, mcp } from '../../../../test/harness/launches.ts';

const settingsIn = (args: readonly string[]) =>
  JSON.parse(args[args.indexOf('--settings') + 1] ?? '') as {
    hooks: Record<string, Array<{ matcher?: string; hooks: Array<{ command: string }> }>>;
  };

it('gets the MCP server for its own process, and the token from the environment', () => {
  const args = argsOf('claude', { mcp, prompt: '-go' });
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
  expect(args.slice(-2)).toEqual(['--', '-go']);
});

it('tells by its hooks what it does, and of a limit apart from other ends', () => {
  const { hooks } = settingsIn(argsOf('claude'));
  const told = Object.entries(hooks).map(([on, groups]) => [
    on,
    groups.map(({ hooks: [hook] }) => hook?.command.split(' ')[2]).join(),
  ]);
  expect(Object.fromEntries(told)).toEqual({
    ...{ SessionStart: 'session', UserPromptSubmit: 'busy', PreToolUse: 'busy' },
    ...{ PostToolUse: 'busy', PermissionRequest: 'waiting', Notification: 'waiting,idle' },
    ...{ Stop: 'idle', StopFailure: 'limit,waiting,idle' },
  });
  // Each end is told once, one that nobody knows yet too.
  const endsAs = (error: string) =>
    hooks.StopFailure?.flatMap(({ matcher = '', hooks: [hook] }) =>
      new RegExp(`^(?:${matcher})`).test(error) ? [hook?.command.split(' ')[2]] : [],
    );
  expect(endsAs('rate_limit')).toEqual(['limit']);
  expect(endsAs('authentication_failed')).toEqual(['waiting']);
  for (const error of ['server_error', 'invalid_request', 'of_tomorrow'])
    expect(endsAs(error)).toEqual(['idle']);
});

it.each([
  [{ how: 'new', id: 'c-1' }, ['--session-id', 'c-1']],
  [{ how: 'resumed', id: 'c-1' }, ['--resume', 'c-1']],
  [{ how: 'continued' }, ['--continue']],
] as const)('begins or takes up %o', (conversation, words) => {
  expect(argsOf('claude', { conversation }).slice(-words.length)).toEqual(words);
});
