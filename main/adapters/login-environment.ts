/**
 * The environment of the user's login shell. An app that was started from a dock or a menu has none of what a terminal has: no PATH of
 * a package manager, no proxy, no keys; agents and gates would miss them.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';

export interface LoginShellOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The user's, as `SHELL` names it or the system does. */
  readonly shell: string;
  /** A start-up file that waits for somebody holds up no start, milliseconds. Default 5 s. */
  readonly withinMs?: number;
}

export type LoginEnvironment =
  | { readonly kind: 'read'; readonly env: Readonly<Record<string, string>> }
  /** It was started from a terminal, or on Windows, where programs get the user's environment as it is. */
  | { readonly kind: 'not needed' }
  | { readonly kind: 'failed'; readonly reason: string };

const patienceMs = 5_000;
const mostBytes = 4 * 1024 * 1024;

/** What the shell sets for itself, or for a terminal that is not there. */
const shellsOwn = /^(?:_|PWD|OLDPWD|SHLVL|TERM|TERM_.*|COLUMNS|LINES|PS\d|PROMPT|BASH_FUNC_.*)$/;

/** Never rejects. */
export async function readLoginEnvironment(options: LoginShellOptions): Promise<LoginEnvironment> {
  const { env, platform, shell } = options;
  if (platform === 'win32' || env.TERM !== undefined) return { kind: 'not needed' };
  const mark = `musher-${randomUUID()}`;
  // Start-up files may print whatever they like around it; a value may hold newlines. The `env` of an old macOS has no -0.
  const told = await ask(
    options,
    `printf %s ${mark}; env -0 2>/dev/null || env; printf %s ${mark}`,
  );
  if (typeof told !== 'string') return { kind: 'failed', reason: `${shell} ${told.fault}` };
  const [, between] = told.split(mark);
  if (between === undefined)
    return { kind: 'failed', reason: `${shell} did not say its environment` };
  const entries = between
    .split(between.includes('\0') ? '\0' : '\n')
    .flatMap((line): Array<[string, string]> => {
      const at = line.indexOf('=');
      const name = line.slice(0, at);
      return at < 1 || shellsOwn.test(name) ? [] : [[name, line.slice(at + 1)]];
    });
  return { kind: 'read', env: Object.fromEntries(entries) };
}

/** Login and interactive both: what people set lies in the files of either. C shells take one at a time. */
function argsOf(shell: string): readonly string[] {
  return /^t?csh$/.test(path.basename(shell)) ? ['-ic'] : ['-ilc'];
}

function ask(
  { env, shell, withinMs = patienceMs }: LoginShellOptions,
  script: string,
): Promise<string | { readonly fault: string }> {
  return new Promise((resolve) => {
    let said = '';
    // A session of its own, without a terminal: an interactive shell that has one stops itself to get hold of it, and all that it started ends with it.
    const child = spawn(shell, [...argsOf(shell), script], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const end = (answer: string | { readonly fault: string }): void => {
      clearTimeout(timer);
      child.stdout.destroy();
      if (child.pid !== undefined) killGroup(child.pid);
      resolve(answer);
    };
    const timer = setTimeout(() => end({ fault: `said nothing within ${withinMs} ms` }), withinMs);
    child.on('error', ({ message }) => end({ fault: `did not start: ${message}` }));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.length > mostBytes) end({ fault: 'said too much' });
    });
    // Something in the background may hold its output open.
    child.on('exit', () => setImmediate(() => end(said)));
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
