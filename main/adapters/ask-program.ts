/** Asks a program one thing, with a bound: what it started ends with it, also where it holds our pipes open or ignores signals. */
import { spawn } from 'node:child_process';
import type { Said } from '../features/doctor/ports.ts';

export interface ProgramAsk {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly boundMs: number;
  readonly signal: AbortSignal;
}

/** After its end, for what it wrote last, milliseconds. */
const lateMs = 200;

/** More is no answer to what is asked here. */
const mostChars = 256 * 1024;

/** All that it wrote to stdout. Never throws. */
export function askProgram({ program, args, env, boundMs, signal }: ProgramAsk): Promise<Said> {
  const { promise, resolve } = Promise.withResolvers<Said>();
  // In a group (a session) of its own, so that all of it can be ended, and a shell does not take our terminal.
  const detached = process.platform !== 'win32';
  const child = spawn(program, args, {
    env,
    detached,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const end = () => {
    endGroup(child.pid);
    child.stdout.destroy();
    child.stderr.destroy();
    resolve({ kind: 'silent', seconds: Math.max(1, Math.round(boundMs / 1000)) });
  };
  const timer = setTimeout(end, boundMs);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  child.on('error', (error) => resolve({ kind: 'failed', reason: error.message }));
  const settle = (code: number | null, killed: NodeJS.Signals | null) => {
    if (code === 0) return resolve({ kind: 'said', text: out() });
    const [why = ''] = err().trim().split('\n').slice(-1);
    const how = killed === null ? `it ended with ${code}` : `it was ended by ${killed}`;
    resolve({ kind: 'failed', reason: why === '' ? how : `${how}: ${why.slice(0, 200)}` });
  };
  child.on('close', settle);
  // What it left behind may hold its output open for ever; all that it wrote itself is here by then.
  child.on('exit', (...how) => setTimeout(() => settle(...how), lateMs).unref());
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    if (text.length < mostChars) text += chunk;
  });
  stream.on('error', () => undefined);
  return () => text;
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32')
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on(
        'error',
        () => undefined,
      );
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** The line that looks like a version, without what a terminal would act on. */
export function versionLine(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[^\P{C}\t]/gu, '').trim());
  return (lines.find((line) => /\d+\.\d+/.test(line)) ?? lines.find(Boolean) ?? '').slice(0, 120);
}
