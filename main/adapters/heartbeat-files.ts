/**
 * Heartbeat files in one folder: `{agent_id, last_heartbeat, active_issue_id?, machine_id?}`, one per file. Whoever writes them may
 * do it in any way: what is torn, huge, a link or no file at all is passed over, and the rest is read.
 */
import { type FSWatcher, watch } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { HeartbeatFiles } from '../features/agents/ports.ts';
import { type Known, readAll } from './read-heartbeats.ts';

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

/** Several changes are told as one, milliseconds. */
const togetherMs = 1_000;

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
