/**
 * What the doctor looks at. Everything is read and nothing changed; each look ends with its signal, and throws what keeps it
 * from an answer. What differs between systems is behind this, in main/adapters/doctor.
 */
import type { ConfigFile } from '../../../preload/contract/settings.ts';

export interface Machine {
  readonly version: string;
  /** `linux x64`. */
  readonly platform: string;
  readonly home: string;
  /** Root of the repository, else the folder that was named. */
  place(): Promise<string>;
  runtime(): RuntimeFacts;
  git(signal: AbortSignal): Promise<GitFacts>;
  /** Throws REPOSITORY_*, as opening it would. So do the others that need one. */
  repository(signal: AbortSignal): Promise<RepositoryFacts>;
  trees(ask: {
    near: readonly string[];
    signal: AbortSignal;
  }): Promise<{ readonly trees: readonly TreeFacts[]; readonly branches: readonly string[] }>;
  clis(signal: AbortSignal): Promise<readonly CliFacts[]>;
  port(signal: AbortSignal): Promise<PortFacts>;
  watches(signal: AbortSignal): Promise<WatchFacts>;
  disks(signal: AbortSignal): Promise<readonly DiskFacts[]>;
  places(signal: AbortSignal): Promise<readonly PlaceFacts[]>;
  shell(signal: AbortSignal): Promise<ShellFacts>;
  time(signal: AbortSignal): Promise<TimeFacts>;
  terminalHost(signal: AbortSignal): Promise<HostFacts>;
  log(signal: AbortSignal): Promise<LogFacts>;
  leftovers(signal: AbortSignal): Promise<LeftoverFacts>;
  config(signal: AbortSignal): Promise<readonly ConfigFile[]>;
  notices(signal: AbortSignal): Promise<NoticeFacts>;
}

/** What only the Musher that has the repository open knows. */
export interface Known {
  readonly agents: readonly KnownAgent[];
  /** Agents whose files are not followed by events, with why. */
  readonly polled: readonly { readonly agent: string; readonly reason: string }[];
}

export interface KnownAgent {
  readonly id: string;
  readonly profile: string;
  readonly branch?: string | undefined;
  readonly path?: string | undefined;
  /** It may be revived, and has nothing that runs. */
  readonly isDestroyed?: boolean;
}

export interface RuntimeFacts {
  /** `24.21.0`. */
  readonly node: string;
  readonly oldest: number;
  readonly program: string;
}

/** How a program that was asked for its version ended. */
export type Said =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'silent'; readonly seconds: number };

export interface GitFacts {
  /** Where it was found; undefined where it is nowhere on PATH. */
  readonly path: string | undefined;
  readonly said?: Said;
  readonly isNewEnough: boolean;
  /** `2.38`. */
  readonly oldest: string;
  readonly platform: string;
}

export interface RepositoryFacts {
  readonly root: string;
  readonly branches: number;
  /** Shallow, or with a partial clone: history is not all here. */
  readonly isShallow: boolean;
}

export interface TreeFacts {
  readonly path: string;
  readonly kind:
    | 'main'
    | 'linked'
    | 'missing'
    | 'moved'
    | 'forgotten'
    | 'pool'
    | 'integration'
    | 'trash'
    | 'folder';
  readonly branch?: string | undefined;
  readonly locked?: string | undefined;
  readonly wasAt?: string | undefined;
  readonly madeFor?: string | undefined;
}

export interface CliFacts {
  /** Of the profile. */
  readonly name: string;
  readonly title: string;
  readonly origin: 'built-in' | 'user' | 'repository';
  readonly program: string;
  /** How it is installed. */
  readonly hint?: string | undefined;
  readonly path?: string | undefined;
  readonly said?: Said;
  /** What stands in the way where a path leads to no program. */
  readonly fault?: string;
  /** A command of the repository's that nobody has confirmed here: not even looked for. */
  readonly isUnconfirmed?: boolean;
}

export interface PortFacts {
  readonly port: number;
  readonly state: 'free' | 'ours' | 'other' | 'foreign' | 'silent';
  /** Of a Musher: what it has open. */
  readonly repositories: readonly string[];
  /** `python3 (pid 4711)`, where the system tells. */
  readonly owner?: string | undefined;
}

export type WatchFacts =
  | { readonly kind: 'unlimited'; readonly by: string }
  | {
      readonly kind: 'inotify';
      readonly maxWatches: number;
      readonly maxInstances: number;
      /** Of this user, by all programs that may be looked into. */
      readonly usedWatches: number;
      readonly usedInstances: number;
      /** Folders that git knows in one worktree of this repository; what is untracked comes on top. */
      readonly foldersPerTree: number;
      readonly trees: number;
    };

export interface DiskFacts {
  /** What lies there: `Musher's data`. */
  readonly what: readonly string[];
  readonly path: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** Undefined where the file system has no such bound. */
  readonly freeFiles?: number | undefined;
}

export interface PlaceFacts {
  readonly what: string;
  readonly path: string;
  /** `parent`: it is not there, and this says of the nearest folder above whether it could be made. */
  readonly kind: 'there' | 'parent' | 'absent';
  readonly isFolder: boolean;
  /** It holds what nobody else may read. */
  readonly isSecret: boolean;
  readonly canWrite: boolean;
  /** Why not, in the system's words. */
  readonly reason?: string | undefined;
  /** Bits of the mode; undefined where the system has none (Windows). */
  readonly mode?: number | undefined;
  readonly isOurs: boolean;
}

export interface ShellFacts {
  readonly shell: string;
  readonly state: 'said' | 'missing' | 'silent' | 'failed' | 'none';
  readonly reason?: string | undefined;
  readonly seconds?: number;
  /** Folders of the login shell's PATH that this process has not. */
  readonly missingFolders: readonly string[];
  /** Programs that are found with the login shell's PATH alone. */
  readonly onlyThere: readonly { readonly program: string; readonly path: string }[];
}

export interface TimeFacts {
  readonly nowMs: number;
  /** The newest time that a file of Musher has. */
  readonly newestMs?: number | undefined;
  readonly newestFile?: string | undefined;
  readonly zone: string | undefined;
  /** Whether the system says that it is set by the network; undefined where it does not say. */
  readonly isSynchronized?: boolean | undefined;
}

export interface HostFacts {
  readonly address: string;
  /** `stale`: a socket that nobody listens on. `foreign`: somebody else's folder or file is in its place. */
  readonly state: 'listens' | 'none' | 'stale' | 'foreign' | 'silent';
  readonly pid?: number | undefined;
  readonly terminals: number;
  readonly reason?: string | undefined;
}

export type LogFacts =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string }
  | {
      readonly kind: 'there';
      readonly path: string;
      readonly sizeBytes: number;
      readonly isSqlite: boolean;
      readonly format: number;
      readonly newestFormat: number;
    };

export interface LeftoverFacts {
  readonly recordings: {
    readonly count: number;
    readonly sizeBytes: number;
    readonly folder: string;
    readonly oldestMs?: number | undefined;
  };
  /** Folders of Musher's in the system's temporary folder that nobody has touched for a day. */
  readonly temporary: readonly string[];
  /** Copies of the terminal host's program, which the desktop app makes for itself. Left out: there are none. */
  readonly copies?: { readonly count: number; readonly sizeBytes: number } | undefined;
}

export interface NoticeFacts {
  readonly state: 'there' | 'none' | 'browser' | 'unknown';
  /** `the service org.freedesktop.Notifications`, or what is missing. */
  readonly by: string;
}
