// A Musher on a fresh repository and a bare Fastify, each in a process of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Target } from '../load.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

export interface Server extends Target {
  readonly loginUrl: string;
  readonly folder: string;
  readonly pid: number;
  call(type: string, data: object): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startBench(): Promise<{
  musher: Server;
  bare: Target;
  stop(): Promise<void>;
}> {
  const musher = await startMusher();
  await musher.call('agent.add', { name: 'reader', start: false });
  const bare = await startBare('bare-fastify.mjs');
  return {
    musher,
    bare: bare.target,
    async stop() {
      await bare.stop();
      await musher.stop();
    },
  };
}

/** A script of this folder that is a limit. */
export async function startBare(
  script: string,
  args: readonly string[] = [],
): Promise<{ target: Target; stop(): Promise<void> }> {
  const { child, info } = await startProcess(join(import.meta.dirname, script), args);
  return { target: { url: info.url ?? '', token: 'none' }, stop: () => end(child) };
}

/** A repository in a folder of its own, which is removed as a whole. */
export async function makeBenchRepository(): Promise<{ folder: string; repo: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  const repo = join(folder, 'repo');
  await run('git', ['init', '-q', '-b', 'main', repo]);
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost'];
  await run('git', ['-C', repo, ...identity, 'commit', '-q', '--allow-empty', '-m', 'start']);
  return { folder, repo };
}

export async function startMusher(): Promise<Server> {
  const { folder, repo } = await makeBenchRepository();
  const server = await serveMusher(repo);
  return {
    ...server,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function serveMusher(repo: string): Promise<Server> {
  const args = ['serve', '--repo', repo, '--port', '0', '--json'];
  const { child, info } = await startProcess(join(root, 'dist/main/cli.js'), args);
  const { url = '', operatorToken: token = '', loginUrl = '' } = info;
  return {
    url,
    token,
    loginUrl,
    folder: repo,
    pid: child.pid ?? 0,
    call: (type, data) => call({ url, token }, type, data),
    stop: () => end(child),
  };
}

/** Throws when the answer is no 200. */
export async function call({ url, token }: Target, type: string, data: object): Promise<unknown> {
  const answer = await fetch(`${url}/v1/${type}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(data),
  });
  if (!answer.ok) throw new Error(`${type}: ${await answer.text()}`);
  return answer.json();
}

/** Its first line on stdout is JSON and says where it listens. */
async function startProcess(
  script: string,
  args: readonly string[],
): Promise<{ child: ChildProcess; info: Record<string, string> }> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, info: JSON.parse(line) as Record<string, string> };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
