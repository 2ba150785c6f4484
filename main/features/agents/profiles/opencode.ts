/** OpenCode: settings by its environment, and a plugin in the agent's private folder that tells what its server does and asks for permissions. */
import type { LaunchAsk, Profile } from '../ports.ts';
import { briefing } from './briefing.ts';
import { opencodePlugin } from './opencode-plugin.ts';

const pluginFile = 'opencode-plugin.mjs';
const briefingFile = 'briefing.md';

export const opencode: Profile = {
  name: 'opencode',
  title: 'OpenCode',
  program: 'opencode',
  hint: 'Install it with `npm install -g opencode-ai`.',
  needsCommand: false,
  prompt: 'argument',
  wakeable: true,
  conversationId: 'told',
  continuesLast: true,
  screen: {
    ready: ['ask anything'],
    busy: ['esc interrupt', 'esc again to interrupt'],
    waiting: ['permission required'],
    limit: ['rate limit', 'quota exceeded'],
  },
  hasPermissionHook: true,
  origin: 'built-in',
  launch: ({ mcp, conversation, prompt, folder }) => ({
    program: 'opencode',
    args: [
      ...conversationArgs(conversation),
      // Of one word, so that a prompt that begins with a hyphen is no option.
      ...(prompt === undefined ? [] : [`--prompt=${prompt}`]),
    ],
    env: { OPENCODE_CONFIG_CONTENT: configWith(mcp, folder) },
    files: { [pluginFile]: opencodePlugin, [briefingFile]: `${briefing}\n` },
  }),
};

function conversationArgs(conversation: LaunchAsk['conversation']): string[] {
  if (conversation.how === 'new') return [];
  return conversation.how === 'continued' ? ['--continue'] : ['--session', conversation.id];
}

function configWith(mcp: LaunchAsk['mcp'], folder: string): string {
  const headers = { Authorization: 'Bearer {env:MUSHER_TOKEN}' };
  const musher = mcp && { type: 'remote', url: mcp.url, headers, enabled: true };
  const path = folder.replaceAll('\\', '/');
  return JSON.stringify({
    ...(musher && { mcp: { musher } }),
    plugin: [`file://${path.startsWith('/') ? '' : '/'}${encodeURI(path)}/${pluginFile}`],
    instructions: [`${folder}/${briefingFile}`],
  });
}
