/** GitHub Copilot CLI: arguments of one process, and its hooks as a plugin in the agent's private folder. */
import type { HookEvent } from '../../../../preload/contract/agent-hooks.ts';
import type { LaunchAsk, Profile } from '../ports.ts';
import { briefed } from './briefing.ts';
import { hookCommand, permissionCommand, permissionTimeoutS } from './hook-command.ts';

export const copilot: Profile = {
  name: 'copilot',
  title: 'GitHub Copilot CLI',
  program: 'copilot',
  hint: 'Install it with `npm install -g @github/copilot`.',
  needsCommand: false,
  prompt: 'argument',
  wakeable: true,
  conversationId: 'chosen',
  continuesLast: true,
  screen: {
    ready: ['/ commands', 'type @ to mention'],
    busy: ['esc to cancel', 'esc cancel'],
    waiting: ['do you want to *?', 'confirm with * enter'],
    limit: ['rate limit', 'quota exceeded'],
  },
  prompts: [
    {
      ...{ tool: 'shell', frame: 'box', asks: 'do you want to run this command?' },
      ...{ what: 'inner', allow: 'yes', deny: 'no, and tell copilot *' },
    },
  ],
  hasPermissionHook: true,
  origin: 'built-in',
  launch: ({ mcp, conversation, prompt, folder }) => ({
    program: 'copilot',
    args: [
      ...mcpArgs(mcp),
      ...['--plugin-dir', folder],
      ...conversationArgs(conversation),
      // Of one word, so that a prompt that begins with a hyphen is no option.
      ...(prompt === undefined ? [] : [`--interactive=${briefed(prompt)}`]),
    ],
    env: {},
    files: { 'plugin.json': JSON.stringify(manifest), 'hooks.json': JSON.stringify(hooks) },
  }),
};

function conversationArgs(conversation: LaunchAsk['conversation']): string[] {
  if (conversation.how === 'continued') return ['--continue'];
  if (conversation.how === 'resumed') return [`--resume=${conversation.id}`];
  return conversation.id === undefined ? [] : [`--session-id=${conversation.id}`];
}

function mcpArgs(mcp: LaunchAsk['mcp']): string[] {
  if (mcp === undefined) return [];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Copilot CLI fills it in
  const headers = { Authorization: 'Bearer ${MUSHER_TOKEN}' };
  const musher = { type: 'http', url: mcp.url, headers, tools: ['*'] };
  const config = JSON.stringify({ mcpServers: { musher } });
  return ['--additional-mcp-config', config, '--allow-tool=musher'];
}

const manifest = {
  name: 'musher',
  description: 'Tells Musher what this agent does',
  version: '1.0.0',
  hooks: 'hooks.json',
};

function on(event: HookEvent) {
  const command = hookCommand(event);
  return [{ type: 'command', bash: command, powershell: command, timeoutSec: 10 }];
}

/** Its own screen asks once this is back without an answer. */
function asking() {
  const shell = { bash: permissionCommand, powershell: permissionCommand };
  return [{ type: 'command', ...shell, timeoutSec: permissionTimeoutS }];
}

const hooks = {
  version: 1,
  hooks: {
    sessionStart: on('session'),
    userPromptSubmitted: on('busy'),
    preToolUse: on('busy'),
    postToolUse: on('busy'),
    permissionRequest: asking(),
    agentStop: on('idle'),
  },
};
