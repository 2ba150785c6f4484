// Real agents for a bench: each a shell in its own worktree and terminal that leaves its token where the bench can
// read it and then sleeps, so that one process can speak for all of them without fifty Node processes beside it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from '../load.ts';
import type { Server } from './start.ts';

const script = 'printf %s "$MUSHER_TOKEN" > token.part && mv token.part token && exec sleep 3600';
const patienceMs = 120_000;

/** `agent-0` to `agent-<count - 1>`, running. */
export async function startAgents(server: Server, count: number): Promise<Target[]> {
  const names = Array.from({ length: count }, (_, n) => `agent-${n}`);
  for (const name of names) {
    await server.call('agent.add', { name, profile: 'script', command: ['sh', '-c', script] });
  }
  const tokens = await Promise.all(
    names.map((name) => readToken(join(`${server.folder}.worktrees`, name, 'token'))),
  );
  return tokens.map((token) => ({ url: server.url, token }));
}

async function readToken(file: string): Promise<string> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    try {
      return await readFile(file, 'utf8');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`${file} did not appear: the agent did not start`);
}
