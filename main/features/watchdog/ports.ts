/** What the watchdog needs from the outside. */
import type { Use } from '../../../preload/contract/watchdog.ts';
import type { LimitKind } from '../../../preload/contract/limits.ts';
import type { Terminals } from '../terminals/index.ts';

/** Absent: no limit. */
export interface AgentLimits {
  readonly turns?: number | undefined;
  readonly costUsd?: number | undefined;
  readonly timeMs?: number | undefined;
}

/** A limit of a config file, and where it stands. */
export type FileLimit = NonNullable<Use['config']>;
export type FileLimits = Readonly<Partial<Record<LimitKind, FileLimit>>>;

/** When an agent whose conversation was taken up again is told to go on. */
export type KickWish = 'never' | 'after-crash' | 'always';

export interface WatchSettings {
  readonly limits: AgentLimits;
  readonly kick: KickWish;
  /** An agent whose context is too large is told to commit and compact; else only the operator is told. */
  readonly nudgesCompact: boolean;
}

/** What of a profile matters here. */
export interface WatchedProfile {
  readonly wakeable: boolean;
  readonly screen: {
    readonly ready?: readonly string[];
    readonly waiting?: readonly string[];
    readonly broken?: readonly string[];
  };
}

export interface WatchdogPorts {
  readonly terminals: Pick<Terminals, 'list' | 'ended' | 'lastOutputs' | 'text' | 'end'>;
  readonly profiles: { get(name: string): WatchedProfile | undefined };
  readonly config: {
    watchSettings(profile: string): WatchSettings;
    fileLimits(profile: string): FileLimits;
  };
  readonly changes: {
    /**
     * When anything in a worktree was last changed or committed, Unix ms; undefined when that cannot be told. Costs a look at git, so it
     * is asked only of who seems to make no progress.
     */
    lastMs(worktreePath: string, signal: AbortSignal): Promise<number | undefined>;
  };
}
