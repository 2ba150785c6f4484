/** Profiles that config files define. Pure. */
import type { Placeholder, ProfileConfig } from '../../../preload/contract/config.ts';
import { quoted } from '../../../preload/contract/say-command.ts';
import type { ConfigProfile } from '../settings/index.ts';
import type { LaunchAsk, Profile } from './ports.ts';

export function configProfiles(defined: readonly ConfigProfile[]): Profile[] {
  return defined.map(toProfile);
}

function toProfile({ name, origin, config, hash }: ConfigProfile): Profile {
  const { program, hint, wakeable, ready, busy, waiting, limit, broken } = config;
  return {
    name,
    title: config.title ?? name,
    program,
    ...(hint !== undefined && { hint }),
    needsCommand: false,
    prompt: promptOf(config),
    wakeable,
    conversationId: conversationIdOf(config),
    continuesLast: config.resume_args !== undefined && !usesSession(config.resume_args),
    screen: {
      ...(ready && { ready }),
      ...(busy && { busy }),
      ...(waiting && { waiting }),
      ...(limit && { limit }),
      ...(broken && { broken }),
    },
    origin,
    ...(origin === 'repository' && { confirm: { hash, commandLine: commandLineOf(config) } }),
    launch: (ask) => launch(config, ask),
  };
}

function promptOf(config: ProfileConfig): Profile['prompt'] {
  if (config.prompt_args !== undefined) return 'argument';
  return config.types_prompt ? 'typed' : 'none';
}

function conversationIdOf({
  new_args: begin,
  resume_args: resume,
}: ProfileConfig): Profile['conversationId'] {
  if (resume === undefined || !usesSession(resume)) return 'none';
  return usesSession(begin) ? 'chosen' : 'told';
}

const usesSession = (args: readonly string[]) => args.some((one) => one.includes('{session}'));

function launch(config: ProfileConfig, ask: LaunchAsk) {
  const { conversation, prompt, mcp, agent } = ask;
  const session = conversation.how === 'continued' ? undefined : conversation.id;
  const values = { session, prompt, agent, mcp_url: mcp?.url };
  const begin = conversation.how === 'new' ? config.new_args : (config.resume_args ?? []);
  const last = prompt === undefined ? [] : (config.prompt_args ?? []);
  const args = [...config.args, ...begin, ...last];
  return {
    program: config.program,
    args: args.map((one) => filled(one, values)),
    env: Object.fromEntries(
      Object.entries(config.env).map(([name, value]) => [name, filled(value, values)]),
    ),
  };
}

/** In one pass, so that a prompt that holds a placeholder's name stays as it is. */
function filled(
  text: string,
  values: Readonly<Partial<Record<Placeholder, string | undefined>>>,
): string {
  return text.replace(/\{([a-z_]+)\}/g, (_hole, name: string) => values[name as Placeholder] ?? '');
}

/** All that runs, for the operator's eyes: what is unsaid here cannot be confirmed. */
function commandLineOf(config: ProfileConfig): string {
  const env = Object.entries(config.env).map(([name, value]) => `${name}=${quoted(value)}`);
  const sets = [config.args, config.new_args, config.resume_args ?? [], config.prompt_args ?? []];
  const [always = [], ...others] = sets.map((args) => args.map(quoted));
  const more = others.flatMap((args) => (args.length === 0 ? [] : [`[${args.join(' ')}]`]));
  return [...env, quoted(config.program), ...always, ...more].join(' ');
}
