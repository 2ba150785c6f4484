/**
 * Whoever looks at intents or trees says here how it stands between two agents. Of each pair the newest is kept and told, one after
 * another; what came too soon after a change is told when its time has come.
 */
import type {
  CollidingFile,
  ConflictEnd,
  ConflictKind,
  Severity,
} from '../../../preload/contract/conflict-records.ts';
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import type { ConflictsState } from './slice.ts';
import { openConflicts, pairKey } from './slice.ts';

export interface SeenConflict {
  /** Who was first before the other; of ownership, who owns before who wrote. */
  readonly agents: readonly [string, string];
  /** At most 50, in order of path. */
  readonly files: readonly CollidingFile[];
  /** Of all. */
  readonly fileCount: number;
  /** Default: what the reasons of its files make of it. */
  readonly severity?: Severity;
  /** In which order they are better merged. Default: as they stand in `agents`. */
  readonly order?: readonly [string, string];
}

export interface Teller {
  /** How it is now, whole. Resolves once it was said, or was found to be too soon; what is refused is logged. */
  seen(conflict: SeenConflict): Promise<void>;
  gone(agents: readonly [string, string], why: ConflictEnd): Promise<void>;
  /** Pairs that are open, in their order. */
  open(): readonly (readonly [string, string])[];
}

interface Word {
  readonly type: 'conflict.seen' | 'conflict.gone';
  readonly data: object;
}

interface Pending {
  word: Word | undefined;
  run: Promise<void> | undefined;
  cancel: () => void;
}

/** One for each kind, for as long as the hub lives. */
export function conflictTeller(life: Life<ConflictsState>, kind: ConflictKind): Teller {
  const pending = new Map<string, Pending>();

  function tell(agents: readonly [string, string], word: Word): Promise<void> {
    const key = pairKey(kind, agents);
    const entry = pending.get(key) ?? { word: undefined, run: undefined, cancel: () => undefined };
    pending.set(key, entry);
    entry.cancel();
    entry.word = word;
    entry.run ??= say(key, entry);
    return entry.run;
  }

  async function say(key: string, entry: Pending): Promise<void> {
    while (entry.word !== undefined && !life.signal.aborted) {
      const { word } = entry;
      entry.word = undefined;
      const againMs = await ask(life, word);
      if (againMs === undefined || entry.word !== undefined) continue;
      entry.run = undefined;
      entry.cancel = life.clock.schedule(
        () => {
          entry.word = word;
          entry.run = say(key, entry);
        },
        Math.max(0, againMs - life.clock.now()),
      );
      return;
    }
    pending.delete(key);
  }

  life.own(() => {
    for (const { cancel } of pending.values()) cancel();
  });
  return {
    seen: ({ agents, files, ...rest }) =>
      tell(agents, {
        type: 'conflict.seen',
        data: { kind, agents: [...agents], files: [...files], ...rest },
      }),
    gone: (agents, why) =>
      tell(agents, { type: 'conflict.gone', data: { kind, agents: [...agents], why } }),
    open: () => openConflicts(life.state(), kind).map(({ agents }) => agents),
  };
}

/** When it is to be said again, Unix ms. */
async function ask(life: Life<ConflictsState>, { type, data }: Word): Promise<number | undefined> {
  try {
    const { result } = await life.system({ type, data });
    return (result as { againMs?: number }).againMs;
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.warn({ type, error: reasonOf(error) }, 'a conflict was not taken');
    return undefined;
  }
}
