/** Reads the heartbeat files of one folder; one that has not changed since is not read again. */
import { constants, type Stats } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Heartbeat } from '../features/agents/ports.ts';

/** Larger ones are no heartbeats. */
const mostBytes = 4 * 1024;
/** Further files, in whatever order the disk has them, are not read. */
const mostFiles = 1_000;
/** Names that are looked at, to find that many. */
const mostNames = 10_000;
/** Files that are looked at side by side. */
const atOnce = 32;

const heartbeat = z.object({
  agent_id: z.string().min(1).max(200),
  last_heartbeat: z.string().max(64),
  active_issue_id: z.union([z.number(), z.string().max(200)]).nullish(),
  machine_id: z.string().max(200).nullish(),
});

/** What is remembered of a file: as it was when it was last read, and what it said when it was last whole. */
export interface Known {
  readonly mark: string;
  readonly beat: Heartbeat | undefined;
}

export async function readAll(
  folder: string,
  before: ReadonlyMap<string, Known>,
): Promise<ReadonlyMap<string, Known>> {
  const names = await listNames(folder);
  const found = new Map<string, Known>();
  for (let at = 0; at < names.length; at += atOnce)
    await Promise.all(
      names.slice(at, at + atOnce).map(async (name) => {
        const known = await readOne(path.join(folder, name), before.get(name));
        if (known !== undefined) found.set(name, known);
      }),
    );
  return found;
}

/** None where there is no folder, or it cannot be read. */
async function listNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  let looked = 0;
  try {
    for await (const { name } of await opendir(folder)) {
      looked += 1;
      if (name.endsWith('.json') && !name.startsWith('.')) names.push(name);
      if (names.length >= mostFiles || looked >= mostNames) break;
    }
  } catch {
    // It went while it was read: what was found counts.
  }
  return names;
}

/** Undefined for what is no file of ours. One that is torn says what it said before, and is read again at the next look. */
async function readOne(file: string, before: Known | undefined): Promise<Known | undefined> {
  try {
    const seen = await lstat(file);
    if (!seen.isFile() || seen.size > mostBytes) return undefined;
    if (before?.mark === markOf(seen)) return before;
    const { text, stats } = await readWhole(file);
    const beat = parseHeartbeat(text, stats.mtimeMs);
    return beat === undefined ? { mark: '', beat: before?.beat } : { mark: markOf(stats), beat };
  } catch {
    // Gone, or not ours to read.
    return undefined;
  }
}

function markOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [ino, size, mtimeMs, ctimeMs].join('/');
}

/** Never through a link, and never waiting for whoever would write into a pipe. */
async function readWhole(file: string): Promise<{ text: string; stats: Stats }> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = await handle.stat();
    const buffer = Buffer.alloc(mostBytes);
    const { bytesRead } = stats.isFile() ? await handle.read(buffer) : { bytesRead: 0 };
    return { text: buffer.toString('utf8', 0, bytesRead), stats };
  } finally {
    await handle.close();
  }
}

function parseHeartbeat(text: string, writtenMs: number): Heartbeat | undefined {
  try {
    const {
      agent_id: agent,
      last_heartbeat,
      machine_id: machine,
      active_issue_id: issue,
    } = heartbeat.parse(JSON.parse(text));
    const atMs = Date.parse(last_heartbeat);
    if (!Number.isFinite(atMs)) return undefined;
    return {
      ...{ agent, atMs, writtenMs },
      ...(machine != null && { machine }),
      ...(issue != null && { issue: String(issue) }),
    };
  } catch {
    return undefined;
  }
}
