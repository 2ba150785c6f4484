/** How each CLI is driven. A profile touches nothing outside its own process: no global config is read or written. */
import { musherError } from '../../base/result.ts';
import type { Launch, Profile, Programs, Startable } from './ports.ts';

export type Profiles = ReadonlyMap<string, Profile>;

/** What a CLI with a model is told about Musher. It works with any model: plain words and one command. */
export const briefing = [
  'You work in your own git worktree, one of several agents on this repository, coordinated by Musher.',
  'The command `musher` is on your PATH; `musher --help` explains it. The most important:',
  '- `musher report working "<what>"` when you begin something, `musher report done` when you are finished.',
  '- `musher intent "<why>" <file> <file>` before you change files; `musher intent list` shows what the others are about to change.',
  '- `musher ask "<question>" --option a --option b --wait 10m` when you need a decision; do not guess.',
  '- Commit to your branch, then `musher request-approval $(git rev-parse HEAD)`. Never merge or push yourself.',
  '- `musher inbox --ack` shows answers and messages, `musher send <agent> "<text>"` writes to others.',
  'Where you have the tools of the MCP server `musher` (ask, read_inbox, request_approval, …), use them in its place.',
].join('\n');

const shell = (program: string): Profile => ({
  name: 'shell',
  title: 'Shell',
  program,
  needsCommand: false,
  takesPrompt: false,
  wakeable: false,
  launch: () => ({ program, args: [], env: {} }),
});

const script: Profile = {
  name: 'script',
  title: 'Script',
  needsCommand: true,
  takesPrompt: false,
  wakeable: false,
  launch({ command }) {
    const [program = '', ...args] = command ?? [];
    return { program, args, env: {} };
  },
};

const claude: Profile = {
  name: 'claude',
  title: 'Claude Code',
  program: 'claude',
  hint: 'Install it with `npm install -g @anthropic-ai/claude-code`, then start Musher again.',
  needsCommand: false,
  takesPrompt: true,
  wakeable: true,
  launch: ({ prompt, resume, mcp }) =>
    launchWith('claude', [
      ...claudeMcp(mcp),
      '--append-system-prompt',
      briefing,
      ...(resume ? ['--continue'] : []),
      ...promptArgs(prompt),
    ]),
};

const codex: Profile = {
  name: 'codex',
  title: 'Codex',
  program: 'codex',
  hint: 'Install it with `npm install -g @openai/codex`, then start Musher again.',
  needsCommand: false,
  takesPrompt: true,
  wakeable: true,
  launch: ({ prompt, resume, mcp }) =>
    launchWith('codex', [
      ...codexMcp(mcp),
      ...(resume
        ? ['resume', '--last']
        : promptArgs(prompt === undefined ? briefing : `${briefing}\n\n${prompt}`)),
    ]),
};

type Mcp = { readonly url: string } | undefined;

/**
 * The token stays in the environment, where the CLI looks it up: command lines can be read by every user. Musher's tools
 * need no permission, they do nothing but talk to Musher.
 */
function claudeMcp(mcp: Mcp): string[] {
  if (mcp === undefined) return [];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Claude Code fills it in
  const headers = { Authorization: 'Bearer ${MUSHER_TOKEN}' };
  // An agent that had to look for its inbox among its tools first would not look.
  const musher = { type: 'http', url: mcp.url, headers, alwaysLoad: true };
  const config = { mcpServers: { musher } };
  return ['--mcp-config', JSON.stringify(config), '--allowedTools', 'mcp__musher'];
}

function codexMcp(mcp: Mcp): string[] {
  if (mcp === undefined) return [];
  const own = { url: mcp.url, bearer_token_env_var: 'MUSHER_TOKEN' };
  // A string of JSON is one of TOML.
  return Object.entries(own).flatMap(([key, value]) => [
    '-c',
    `mcp_servers.musher.${key}=${JSON.stringify(value)}`,
  ]);
}

function launchWith(program: string, args: readonly string[]): Launch {
  return { program, args, env: {} };
}

/** `--` first, so that a prompt that begins with a hyphen is no option. */
function promptArgs(prompt: string | undefined): string[] {
  return prompt === undefined ? [] : ['--', prompt];
}

/** The built-in profiles; `shellProgram` is the platform's own. */
export function builtInProfiles(shellProgram: string): Profiles {
  return new Map(
    [shell(shellProgram), script, claude, codex].map((profile) => [profile.name, profile]),
  );
}

/** Throws PROFILE_UNKNOWN. */
export function profileOf(profiles: Profiles, name: string): Profile {
  const found = profiles.get(name);
  if (found === undefined)
    throw musherError('PROFILE_UNKNOWN', { profile: name, known: [...profiles.keys()].join(', ') });
  return found;
}

/** The program as it is started; throws CLI_MISSING with the hint. A path with a slash is taken from the worktree. */
export async function requireProgram(
  programs: Programs,
  ask: { profile: Profile; program: string; cwd?: string },
): Promise<Startable> {
  const found = await programs.find(ask.program, ask.cwd);
  if (found !== undefined) return found;
  const hint = ask.profile.hint ?? `Install "${ask.program}", or give the path of another program.`;
  throw musherError('CLI_MISSING', { program: ask.program, profile: ask.profile.name, hint });
}
