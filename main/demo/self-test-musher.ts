/** The Musher that tests itself: a process of its own over a throwaway repository, spoken to by its door as anybody would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';

export interface MusherStart {
  /** How `musher` is run: program, then arguments. */
  readonly musherCommand: readonly [program: string, ...args: string[]];
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

export interface StartedMusher {
  readonly url: string;
  readonly pid: number;
  command<Result = unknown>(type: string, data: object, signal: AbortSignal): Promise<Result>;
  query<Result = unknown>(type: string, data: object, signal: AbortSignal): Promise<Result>;
}

export interface OwnMusher {
  /** Once it listens. Rejects when it ends instead, with what it said, or is called off. */
  ready(signal: AbortSignal): Promise<StartedMusher>;
  /** In order where it can, else at once. Safe to call twice. Its exit code; null where it was killed. */
  end(): Promise<number | null>;
}

const endMs = 15_000;
const lookMs = 25;
const mostSaid = 4_000;

/** In a process group of its own: Ctrl+C is ours to answer, and ends it in its order. */
export function startMusher({ musherCommand, root, env, clock }: MusherStart): OwnMusher {
  const [program, ...args] = musherCommand;
  const child = spawn(program, [...args, 'serve', '--port', '0', '--json', '--repo', root], {
    ...{ env, cwd: root, detached: process.platform !== 'win32', windowsHide: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err = (said.err + chunk.toString()).slice(-mostSaid);
  });
  let failure: string | undefined;
  child.on('error', (error) => {
    failure = error.message;
  });
  return {
    async ready(signal) {
      for (;;) {
        signal.throwIfAborted();
        const started = readStart(said.out);
        if (started !== undefined) return started;
        if (failure !== undefined || hasEnded(child))
          throw new Error(failure ?? `it ended instead: ${(said.err || said.out).trim()}`);
        await sleep(clock, lookMs, signal);
      }
    },
    async end() {
      if (hasEnded(child) || child.pid === undefined) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const cancel = clock.schedule(() => child.kill('SIGKILL'), endMs);
      await ended;
      cancel();
      return child.exitCode;
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Its first line, when it is whole. */
function readStart(text: string): StartedMusher | undefined {
  const [line = '', ...more] = text.split('\n');
  if (more.length === 0 || !line.startsWith('{"url"')) return undefined;
  const { url, operatorToken, pid } = JSON.parse(line) as Record<string, string> & { pid: number };
  const call = (type: string, data: object, signal: AbortSignal) =>
    ask({ url: `${url}/v1/${type}`, token: operatorToken ?? '', data, signal });
  return {
    ...{ url: url ?? '', pid },
    query: async <Result>(...asked: Parameters<typeof call>) => (await call(...asked)) as Result,
    command: async <Result>(...asked: Parameters<typeof call>) =>
      ((await call(...asked)) as { result: Result }).result,
  };
}

async function ask(what: {
  readonly url: string;
  readonly token: string;
  readonly data: object;
  readonly signal: AbortSignal;
}): Promise<unknown> {
  const answer = await fetch(what.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${what.token}` },
    body: JSON.stringify(what.data),
    signal: what.signal,
  });
  const body = (await answer.json()) as { error?: { code: string; message: string } };
  if (answer.ok) return body;
  throw new Error(`${body.error?.message ?? answer.statusText} [${body.error?.code}]`);
}
