/**
 * How large a conversation is, from the end of the record that Claude Code keeps of it and names in its hooks. Only a file in its own
 * folder of conversations is read, and only its last part: a hook's payload may name any path.
 */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { tokensIn } from './usage.ts';

/** A turn's last answer is within this of the end, unless it is longer than anybody reads. */
const tailBytes = 256 * 1024;

type Env = Readonly<Record<string, string | undefined>>;

/** Tokens; undefined where nothing tells. Never throws. */
export async function contextIn(named: unknown, env: Env): Promise<number | undefined> {
  if (typeof named !== 'string' || !named.endsWith('.jsonl')) return undefined;
  try {
    const home = env.CLAUDE_CONFIG_DIR ?? path.join(env.HOME ?? homedir(), '.claude');
    const folder = await realpath(path.join(home, 'projects'));
    const file = await realpath(named);
    if (!file.startsWith(`${folder}${path.sep}`)) return undefined;
    return lastTokensIn(await readTail(file));
  } catch {
    return undefined;
  }
}

async function readTail(file: string): Promise<string> {
  // Never waits for a pipe that somebody put there.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const info = await handle.stat();
    if (!info.isFile()) return '';
    const from = Math.max(0, info.size - tailBytes);
    const buffer = Buffer.alloc(Math.min(tailBytes, info.size));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Of the last answer of the main conversation; side conversations have a context of their own. */
export function lastTokensIn(text: string): number | undefined {
  for (const line of text.split('\n').reverse()) {
    const row = parse(line);
    if (row?.isSidechain === true) continue;
    const tokens = tokensIn(row?.message?.usage);
    if (tokens !== undefined) return tokens;
  }
  return undefined;
}

interface Row {
  readonly isSidechain?: unknown;
  readonly message?: { readonly usage?: unknown } | null;
}

function parse(line: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Row) : undefined;
  } catch {
    return undefined;
  }
}
