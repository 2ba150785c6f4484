/** OpenCode: settings by its environment, and a plugin in the agent's private folder that tells what its server does. */
import type { LaunchAsk, Profile } from '../ports.ts';
import { briefing } from './briefing.ts';

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
  origin: 'built-in',
  launch: ({ mcp, conversation, prompt, folder }) => ({
    program: 'opencode',
    args: [
      ...conversationArgs(conversation),
      // Of one word, so that a prompt that begins with a hyphen is no option.
      ...(prompt === undefined ? [] : [`--prompt=${prompt}`]),
    ],
    env: { OPENCODE_CONFIG_CONTENT: configWith(mcp, folder) },
    files: { [pluginFile]: plugin, [briefingFile]: `${briefing}\n` },
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

/**
 * One report after another, so that none overtakes another; one that fails is dropped, the next says what is true by then.
 * What subagents do is their parent's work.
 */
const plugin = `const { MUSHER_URL, MUSHER_TOKEN } = process.env;
const inner = new Set();
let last = Promise.resolve();
function tell(event, sessionId, detail) {
  const body = JSON.stringify({ event, sessionId, detail: detail?.slice(0, 2000) });
  const headers = { authorization: 'Bearer ' + MUSHER_TOKEN, 'content-type': 'application/json' };
  const send = () => fetch(MUSHER_URL + '/v1/agent.hook', { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) });
  last = last.then(send).then((answer) => answer.text()).then(() => undefined, () => undefined);
}
const states = { busy: 'busy', retry: 'limit' };
function hear({ type, properties = {} }) {
  const id = properties.sessionID ?? properties.info?.id;
  // A message has a parent as well: another message.
  if (type === 'session.created' && properties.info?.parentID) inner.add(id);
  if (inner.has(id)) return;
  if (type === 'session.created') tell('session', id, 'startup');
  if (type === 'session.idle') tell('idle', id);
  if (type === 'session.status' && states[properties.status?.type])
    tell(states[properties.status.type], id, properties.status.message);
  if (type === 'permission.asked' || type === 'question.asked')
    tell('waiting', id, [properties.permission, ...(properties.patterns ?? [])].filter(Boolean).join(' ') || undefined);
  if (type === 'permission.replied' || type === 'question.replied') tell('busy', id);
}
export const Musher = async () => ({ event: async ({ event }) => hear(event) });
`;
