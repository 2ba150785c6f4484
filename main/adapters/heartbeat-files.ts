/**
 * Heartbeat files in one folder: `{agent_id, last_heartbeat, active_issue_id?, machine_id?}`, one per file. Whoever writes them may
 * do it in any way: what is torn, huge, a link or no file at all is passed over, and the rest is read.
 */
import { type FSWatcher, constants, type Stats, watch } from 'node:fs';
import { lstat, mkdir, open, opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { Heartbeat, HeartbeatFiles } from '../features/agents/ports.ts';

export interface OwnedHeartbeatFiles extends HeartbeatFiles {
  /** Ends the watching. Safe to call twice. */
  dispose(): void;
}

interface Options {
  /** Absolute; made when it is not there, mode 0700. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Larger ones are no heartbeats. */
const mostBytes = 4 * 1024;
/** Further files, in whatever order the disk has them, are not read. */
const mostFiles = 1_000;
/** Names that are looked at, to find that many. */
const mostNames = 10_000;
/** Files that are looked at side by side. */
const atOnce = 32;
/** Several changes are told as one, milliseconds. */
const togetherMs = 1_000;

const heartbeat = z.object({
  agent_id: z.string().min(1).max(200),
  last_heartbeat: z.string().max(64),
  active_issue_id: z.union([z.number(), z.string().max(200)]).nullish(),
  machine_id: z.string().max(200).nullish(),
});

export async function openHeartbeatFiles({
  folder,
  clock,
  log,
}: Options): Promise<OwnedHeartbeatFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const watcher = new FolderWatcher({ folder, clock, log }, tell);
  let known: ReadonlyMap<string, Known> = new Map();
  await watcher.arm();
  return {
    async read() {
      await watcher.arm();
      known = await readAll(folder, known);
      return [...known.values()].flatMap(({ beat }) => beat ?? []);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => watcher.dispose(),
  };
}

/**
 * One watch for the folder, not one for each file in it. It is of a folder that is there: one that comes, or comes again, is
 * watched from the next look on.
 */
class FolderWatcher {
  private readonly options: Options;
  private readonly tell: () => void;
  private armed: { readonly watcher: FSWatcher; readonly inode: number } | undefined;
  private cancel: (() => void) | undefined;
  private isOver = false;

  constructor(options: Options, tell: () => void) {
    this.options = options;
    this.tell = tell;
  }

  async arm(): Promise<void> {
    const { folder, log } = this.options;
    const there = await stat(folder).catch(() => undefined);
    const inode = there?.isDirectory() ? there.ino : undefined;
    if (this.isOver || inode === this.armed?.inode) return;
    this.disarm();
    if (inode === undefined) return;
    try {
      const watcher = watch(folder, { persistent: false });
      watcher.on('change', () => this.changed());
      watcher.on('error', () => this.disarm());
      this.armed = { watcher, inode };
    } catch (error) {
      log.info({ folder, error: reasonOf(error) }, 'heartbeats are only looked at now and then');
    }
  }

  dispose(): void {
    this.isOver = true;
    this.disarm();
    this.cancel?.();
  }

  private disarm(): void {
    this.armed?.watcher.close();
    this.armed = undefined;
  }

  private changed(): void {
    this.cancel ??= this.options.clock.schedule(() => {
      this.cancel = undefined;
      this.tell();
    }, togetherMs);
  }
}

/** What is remembered of a file: as it was when it was last read, and what it said when it was last whole. */
interface Known {
  readonly mark: string;
  readonly beat: Heartbeat | undefined;
}

async function readAll(
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
