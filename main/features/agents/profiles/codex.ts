/** Codex: everything by `-c`, settings of one process that are laid over the user's own. */
import type { HookEvent } from '../../../../preload/contract/agent-hooks.ts';
import type { LaunchAsk, Profile } from '../ports.ts';
import { briefing } from './briefing.ts';
import { hookCommand, permissionCommand, permissionTimeoutS } from './hook-command.ts';

export const codex: Profile = {
  name: 'codex',
  title: 'Codex',
  program: 'codex',
  hint: 'Install it with `npm install -g @openai/codex`.',
  needsCommand: false,
  prompt: 'argument',
  wakeable: true,
  conversationId: 'told',
  continuesLast: true,
  screen: {
    ready: ['? for shortcuts', 'context left'],
    busy: ['esc to interrupt'],
    waiting: ['would you like to *?', 'press enter to confirm'],
    limit: ["you've hit your usage limit"],
  },
  prompts: [
    {
      ...{ tool: 'shell', frame: 'open', asks: 'would you like to run the following command?' },
      ...{ what: 'dollar', allow: 'yes, proceed (y)', deny: 'no, and tell codex *' },
    },
  ],
  hasPermissionHook: true,
  origin: 'built-in',
  launch: ({ mcp, conversation, prompt }) => ({
    program: 'codex',
    args: [
      ...mcpArgs(mcp),
      ...setting('developer_instructions', JSON.stringify(briefing)),
      ...hookArgs(),
      ...conversationArgs(conversation),
      // `--` first, so that a prompt that begins with a hyphen is no option.
      ...(prompt === undefined ? [] : ['--', prompt]),
    ],
    env: {},
  }),
};

function conversationArgs(conversation: LaunchAsk['conversation']): string[] {
  if (conversation.how === 'new') return [];
  return ['resume', conversation.how === 'continued' ? '--last' : conversation.id];
}

/** A string of JSON is one of TOML. */
function setting(key: string, value: string): string[] {
  return ['-c', `${key}=${value}`];
}

function mcpArgs(mcp: LaunchAsk['mcp']): string[] {
  if (mcp === undefined) return [];
  const own = { url: mcp.url, bearer_token_env_var: 'MUSHER_TOKEN' };
  return Object.entries(own).flatMap(([key, value]) =>
    setting(`mcp_servers.musher.${key}`, JSON.stringify(value)),
  );
}

interface OwnHook {
  readonly on: string;
  /** As Codex spells it where it keeps what it trusts. */
  readonly key: string;
  readonly event: HookEvent;
  /** SHA-256 of what Codex reads of the hook; a test computes it anew. */
  readonly hash: string;
}

/** Seconds after which Codex goes on without; it gives the hook of an interrupt no more. */
const hookTimeoutS = 3;

export const ownHooks: readonly OwnHook[] = [
  {
    on: 'SessionStart',
    key: 'session_start',
    event: 'session',
    hash: '0cde4a26e8762fa1853def618864bfad62ffe3d5179fad5df85d208ad2089681',
  },
  {
    on: 'UserPromptSubmit',
    key: 'user_prompt_submit',
    event: 'busy',
    hash: '2d73c9a35fc2a6e3de86289deff4dbf870626e2ea3306275a165569278b6c7ac',
  },
  {
    on: 'PreToolUse',
    key: 'pre_tool_use',
    event: 'busy',
    hash: '643eddb3832bbb7bae273686efbc5b65fc85e492f0f4d6b39bf4a019c7d0512d',
  },
  {
    on: 'PostToolUse',
    key: 'post_tool_use',
    event: 'busy',
    hash: '39d5ebb38fefe32968d54fcf0227cd7f3fba3e896c2e5212fc8e7f30676f13cd',
  },
  {
    on: 'PermissionRequest',
    key: 'permission_request',
    event: 'waiting',
    hash: 'db3d4df7a9e451d859e84dded081db3fb2896a07fca7e904f0a51b0f82b8a063',
  },
  {
    on: 'Stop',
    key: 'stop',
    event: 'idle',
    hash: '1b5c9fadae4c0fe691b23a79cdd0557bfe4bf50aba19c3d167d349ccaf940b7a',
  },
  {
    on: 'Interrupt',
    key: 'interrupt',
    event: 'idle',
    hash: 'd11fb3682ba7bd2ca41adf18b71e8cff09cce4942b20d9293f17a43d5015c7b4',
  },
];

/** With the seconds after which Codex goes on without. While it asks for a permission its own screen does not ask. */
export function commandOf(event: HookEvent): readonly [command: string, timeoutS: number] {
  if (event === 'waiting') return [permissionCommand, permissionTimeoutS];
  return [hookCommand(event), hookTimeoutS];
}

/**
 * Codex runs no hook that nobody has trusted. These are Musher's own, so this process is told to trust exactly them, by their
 * hashes. Rejected: the switch that lets every hook run unseen, those of the repository too.
 */
function hookArgs(): string[] {
  const hooks = ownHooks.flatMap(({ on, event }) => {
    const [command, timeoutS] = commandOf(event);
    const hook = `{type="command",command=${JSON.stringify(command)},timeout=${timeoutS}}`;
    return setting(`hooks.${on}`, `[{hooks=[${hook}]}]`);
  });
  const trusted = ownHooks.map(
    ({ key, hash }) => `"/<session-flags>/config.toml:${key}:0:0"={trusted_hash="sha256:${hash}"}`,
  );
  return [...hooks, ...setting('hooks.state', `{${trusted.join(',')}}`)];
}
