/** Programs on this machine, and the environment that agents start in. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Programs } from '../features/agents/ports.ts';
import { withoutMount } from './app-image.ts';
import { delimiterOf, findProgram, isRelative } from './program-search.ts';

export interface ProgramsOptions {
  /** What Musher itself was started with. */
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Folder that holds the `musher` command for agents. */
  readonly commandFolder: string;
  /** Where an agent may leave heartbeat files. */
  readonly heartbeatsFolder: string;
  /** How `musher` is run: program, then arguments. */
  readonly musherCommand: readonly [program: string, ...args: string[]];
  /** Where the broker listens; known once it does. */
  readonly url: () => string;
}

export async function createPrograms(options: ProgramsOptions): Promise<Programs> {
  await writeCommand(options);
  const { env: baseEnv, pathKey } = agentSurroundings(options);
  return {
    baseEnv,
    newConversationId: () => randomUUID(),
    isRelative: (program) => isRelative(program, options.platform),
    find: (program, cwd) =>
      findProgram(program, { cwd, options, searchPath: baseEnv[pathKey] ?? '' }),
    agentEnv: ({ agent, token }) => ({
      MUSHER_URL: options.url(),
      MUSHER_AGENT: agent,
      MUSHER_TOKEN: token,
      MUSHER_HEARTBEATS: options.heartbeatsFolder,
      // What clients of git-paw's wire look for; they send no header.
      GIT_PAW_BROKER_URL: `${options.url()}/a/${token}`,
      [pathKey]: [options.commandFolder, baseEnv[pathKey]].join(delimiterOf(options.platform)),
      ...besidesProxies(baseEnv),
    }),
  };
}

/** What agents start in, but for what is each one's own: nothing of npm, Electron or another Musher around us. */
export function agentSurroundings(options: Pick<ProgramsOptions, 'env' | 'platform'>) {
  const env = cleanEnv(options);
  const pathKey = pathKeyOf(env);
  return { env, pathKey, searchPath: env[pathKey] ?? '' };
}

const loopback = '127.0.0.1,localhost,[::1]';

/** An agent's own client (curl, fetch) would hand its token to the user's proxy on the way to this very machine. */
function besidesProxies(env: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.keys(env).filter((name) => name.toLowerCase() === 'no_proxy');
  const spellings = names.length === 0 ? ['NO_PROXY', 'no_proxy'] : names;
  const hosts = (name: string) => [env[name], loopback].filter(Boolean).join(',');
  return Object.fromEntries(spellings.map((name) => [name, hosts(name)]));
}

/** The shell that a person would get here. */
export function shellOf({ env, platform }: Pick<ProgramsOptions, 'env' | 'platform'>): string {
  if (platform === 'win32') return 'powershell.exe';
  return env.SHELL ?? '/bin/sh';
}

/** Windows spells it `Path`, and a second spelling would win or lose by chance. */
function pathKeyOf(env: Readonly<Record<string, string>>): string {
  return Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
}

/** Set by npm, Electron or another Musher around us: agents must not inherit them. */
const foreign =
  /^(npm_|ELECTRON_|MUSHER_|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$|VITE|VITEST|GIT_(DIR|WORK_TREE|INDEX_FILE)$|CHROME_|GDK_BACKEND$)/;

function cleanEnv({
  env,
  platform,
}: Pick<ProgramsOptions, 'env' | 'platform'>): Record<string, string> {
  const kept = Object.entries(withoutMount(env)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  const clean = Object.fromEntries(kept);
  const key = pathKeyOf(clean);
  clean[key] = withoutNpm((clean[key] ?? '').split(delimiterOf(platform)), env).join(
    delimiterOf(platform),
  );
  return { ...clean, TERM: 'xterm-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'musher' };
}

/**
 * A script that npm runs has npm's own folders in front of the PATH; behind them it is the user's. An agent's `node`
 * must be the user's, not the one that Musher brought.
 */
function withoutNpm(folders: readonly string[], env: NodeJS.ProcessEnv): readonly string[] {
  if (env.npm_lifecycle_event === undefined) return folders;
  const own = folders.findIndex(
    (folder) => !/[/\\](node_modules[/\\]\.bin|node-gyp-bin)$/.test(folder),
  );
  return folders.slice(own);
}

/** Writes the `musher` command: a script per shell family, so that it is found in any agent's PATH. */
async function writeCommand({ commandFolder, musherCommand }: ProgramsOptions): Promise<void> {
  await mkdir(commandFolder, { recursive: true, mode: 0o700 });
  const posix = musherCommand.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const file = path.join(commandFolder, 'musher');
  await writeFile(file, `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${posix} "$@"\n`);
  await chmod(file, 0o755);
  const windows = musherCommand.map((word) => `"${word}"`).join(' ');
  await writeFile(
    path.join(commandFolder, 'musher.cmd'),
    `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n${windows} %*\r\n`,
  );
}
