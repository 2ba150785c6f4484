/**
 * Watches the branches of a repository where git keeps them: a file each, all packed in one, or a reftable. Only those
 * that are asked for are told, and of a file that holds many, all of them.
 */
import path from 'node:path';
import { watch } from 'chokidar';
import type { Clock } from '../../base/clock.ts';
import type { Dispose } from '../../base/disposable.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';

/** git writes a lock, renames it, and packs: what comes so close together is told together, milliseconds. */
const settleMs = 50;
/** Where no events come, milliseconds. */
const pollMs = 30_000;

export interface WatchRefsAsk {
  readonly commonDir: string;
  readonly branches: () => readonly string[];
  readonly onMoved: (branch: string) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

export function watchRefs({ commonDir, branches, onMoved, clock, log }: WatchRefsAsk): Dispose {
  const heads = path.join(commonDir, 'refs', 'heads');
  const moved = new Set<string>();
  let cancel: (() => void) | undefined;
  let cancelPoll = (): void => undefined;
  const tell = (): void => {
    cancel = undefined;
    const told = [...moved];
    moved.clear();
    for (const branch of told) onMoved(branch);
  };
  const soon = (names: readonly string[]): void => {
    for (const name of names) moved.add(name);
    if (moved.size > 0) cancel ??= clock.schedule(tell, settleMs);
  };
  const poll = (): void => {
    soon(branches());
    cancelPoll = clock.schedule(poll, pollMs);
  };
  const places = [heads, path.join(commonDir, 'packed-refs'), path.join(commonDir, 'reftable')];
  const watcher = watch(places, {
    ignoreInitial: true,
    ignored: (place) => place.endsWith('.lock'),
  });
  // What moved before its watches stood.
  watcher.on('ready', () => soon(branches()));
  let isBlind = false;
  watcher.on('all', (_event, place) => {
    const name = path.relative(heads, place).split(path.sep).join('/');
    const known = branches();
    soon(name.startsWith('../') ? known : known.filter((branch) => branch === name));
  });
  watcher.on('error', (error) => {
    if (isBlind) return;
    isBlind = true;
    log.warn({ error: reasonOf(error) }, 'branches are looked at every 30 s: no events come');
    poll();
  });
  return async () => {
    cancel?.();
    cancelPoll();
    await watcher.close();
  };
}
