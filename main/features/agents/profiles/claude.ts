/** Claude Code: everything by arguments of one process. Its settings are laid over the user's, whose own hooks run too. */
import type { HookEvent } from '../../../../preload/contract/agent-hooks.ts';
import type { LaunchAsk, Profile } from '../ports.ts';
import { briefing } from './briefing.ts';
import { hookCommand, permissionCommand, permissionTimeoutS } from './hook-command.ts';

export const claude: Profile = {
  name: 'claude',
  title: 'Claude Code',
  program: 'claude',
  hint: 'Install it with `npm install -g @anthropic-ai/claude-code`.',
  needsCommand: false,
  prompt: 'argument',
  wakeable: true,
  conversationId: 'chosen',
  continuesLast: true,
  screen: {
    ready: ['? for shortcuts'],
    busy: ['esc to interrupt'],
    waiting: ['do you want to *?', 'enter to confirm'],
    limit: ["you've hit your *limit", 'usage limit reached', 'limit reached * resets'],
  },
  limitMenu: '❯ 1. stop and wait for limit to reset',
  prompts: [
    {
      ...{ tool: 'shell', frame: 'rule', asks: 'do you want to proceed?' },
      ...{ what: 'indented', allow: 'yes', deny: 'no' },
    },
  ],
  hasPermissionHook: true,
  origin: 'built-in',
  launch: (ask) => ({
    program: 'claude',
    args: [
      ...mcpArgs(ask.mcp),
      ...['--settings', ask.tellsCost === true ? tellingSettings : settings],
      ...['--append-system-prompt', briefing],
      ...conversationArgs(ask.conversation),
      // `--` first, so that a prompt that begins with a hyphen is no option.
      ...(ask.prompt === undefined ? [] : ['--', ask.prompt]),
    ],
    env: {},
  }),
};

function conversationArgs(conversation: LaunchAsk['conversation']): string[] {
  if (conversation.how === 'continued') return ['--continue'];
  if (conversation.how === 'resumed') return ['--resume', conversation.id];
  return conversation.id === undefined ? [] : ['--session-id', conversation.id];
}

/**
 * The token stays in the environment, where the CLI looks it up: command lines can be read by every user. Musher's tools
 * need no permission, they do nothing but talk to Musher.
 */
function mcpArgs(mcp: LaunchAsk['mcp']): string[] {
  if (mcp === undefined) return [];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Claude Code fills it in
  const headers = { Authorization: 'Bearer ${MUSHER_TOKEN}' };
  // An agent that had to look for its inbox among its tools first would not look.
  const musher = { type: 'http', url: mcp.url, headers, alwaysLoad: true };
  const config = { mcpServers: { musher } };
  return ['--mcp-config', JSON.stringify(config), '--allowedTools', 'mcp__musher'];
}

function on(event: HookEvent, matcher?: string) {
  const hooks = [{ type: 'command', command: hookCommand(event), timeout: 10 }];
  return matcher === undefined ? { hooks } : { matcher, hooks };
}

/** Why a turn ended without an answer, as its hook names it. */
const ends = {
  limit: 'rate_limit|billing_error|overloaded',
  /** Each turn from now on would end the same: somebody has to sign in, or to choose another model. */
  refused: 'authentication_failed|oauth_org_not_allowed|model_not_found',
};

/**
 * Not asynchronous, though it costs a tool call a tenth of a second: one after another, they cannot overtake each other.
 * A prompt that the operator denies ends the turn without `Stop`; then `idle_prompt` tells, a minute later.
 */
const hooks = {
  SessionStart: [on('session')],
  UserPromptSubmit: [on('busy')],
  PreToolUse: [on('busy')],
  PostToolUse: [on('busy')],
  // Its own screen asks meanwhile, and whoever answers first counts.
  PermissionRequest: [
    { hooks: [{ type: 'command', command: permissionCommand, timeout: permissionTimeoutS }] },
  ],
  Notification: [on('waiting', 'permission_prompt|elicitation_dialog'), on('idle', 'idle_prompt')],
  Stop: [on('idle')],
  StopFailure: [
    on('limit', ends.limit),
    on('waiting', ends.refused),
    // Whatever else there is or will be: no turn may end unheard.
    on('idle', `^(?!(${ends.limit}|${ends.refused})$)`),
  ],
};

const settings = JSON.stringify({ hooks });

/** Its status line is the one place where it tells its cost. The user's own has no place then, so this is for limited ones alone. */
const tellingSettings = JSON.stringify({
  hooks,
  statusLine: { type: 'command', command: 'musher usage --payload' },
});
