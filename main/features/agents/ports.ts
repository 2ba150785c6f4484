/** What agents need from the outside: worktrees, CLIs and tokens. Terminals have their own port. */
import type { Dispose } from '../../base/disposable.ts';
import type { ProfileOrigin } from '../../../preload/contract/profiles.ts';
import type { PromptShape } from './prompts/prompt-shape.ts';

export interface WorktreeFacts {
  readonly worktreePath: string;
  readonly branch: string;
  readonly base: { readonly ref: string; readonly commit: string };
  /** Paths of submodules whose folders are empty, at most 20; absent when there are none. */
  readonly emptySubmodules?: string[];
}

/** How worktrees are made, as the config files say it now. */
export interface TreeSettings {
  /** What a new branch starts from; undefined: what is checked out in the operator's checkout. */
  readonly base?: string;
  /** Fetch that first. */
  readonly fetches: boolean;
  /** Rebase an agent that is behind when it starts. */
  readonly rebases: boolean;
  /** What makes a new worktree ready, and what is done before one is removed. Undefined: nothing. */
  readonly setup?: TreeCommands;
  readonly teardown?: TreeCommands;
  /** The first range of ports; each agent has one of its own. Undefined: none has. */
  readonly ports?: PortRange;
}

export interface TreeCommands {
  /** Program and arguments of each. Never empty. */
  readonly commands: ReadonlyArray<readonly string[]>;
  /** Of each, milliseconds. */
  readonly timeoutMs: number;
  /** It came with the repository: it runs once the operator has confirmed it. */
  readonly isOfRepository: boolean;
}

export interface PortRange {
  readonly from: number;
  readonly count: number;
}

/** Whether anything on this machine listens on one of these ports. */
export type ArePortsFree = (range: PortRange) => Promise<boolean>;

export interface Repository {
  /** Root of the operator's checkout. */
  readonly root: string;
  readonly name: string;
  /** Folder that holds all worktrees. */
  readonly worktreesFolder: string;
}

export interface Worktrees {
  readonly repository: Repository;
  branches(): Promise<readonly string[]>;
  /** The branch (or commit) checked out in the operator's checkout: what new branches start from. */
  defaultBase(): Promise<string>;
  /**
   * Checks, without changing anything, that `provision` could succeed. Throws BRANCH_INVALID, BRANCH_NO_ROOM, BRANCH_CHECKED_OUT,
   * BASE_UNKNOWN, WORKTREE_EXISTS, REPOSITORY_EMPTY.
   */
  check(ask: { agent: string; branch: string; base: string; signal?: AbortSignal }): Promise<void>;
  /**
   * Makes the worktree, and the branch when it does not exist. Idempotent: one that stands already for this
   * agent and branch is returned as it is; a half-made one is mended.
   */
  provision(ask: {
    agent: string;
    branch: string;
    base: string;
    snapshotRef?: string;
    /** The commit that a new branch starts at; default what `base` is. */
    startAt?: string;
    /** Where it stands or is made; default in the folder of worktrees. */
    path?: string;
    /** One that stands there on that branch is taken as it is, whoever made it. */
    adopts?: boolean;
    signal?: AbortSignal;
  }): Promise<WorktreeFacts>;
  /**
   * The worktree of this repository that stands at `path`, when it can become an agent's. Throws WORKTREE_NOT_ADOPTABLE,
   * which says why not and what to do.
   */
  inspect(path: string, signal?: AbortSignal): Promise<Adoptable>;
  /**
   * Fetches a branch, by its own name or as its remote's (`origin/main`), and gives the commit that the remote has. Moves nothing
   * but what git remembers of the remote. Ends within 45 s. Throws REMOTE_MISSING, FETCH_FAILED.
   */
  fetch(base: string, signal?: AbortSignal): Promise<string>;
  /**
   * Brings a branch that is behind `onto` up to it, when nothing in its worktree is uncommitted, after a snapshot. Where commits conflict
   * all is as it was. Also ends what an interrupted call began.
   */
  rebase(ask: {
    agent: string;
    worktreePath: string;
    branch: string;
    onto: string;
    signal?: AbortSignal;
  }): Promise<Rebased>;
  /** What was noted of the commands that made this worktree ready; undefined where none have, or not to their end. */
  setUpAs(worktreePath: string): Promise<string | undefined>;
  /** Notes that, in the worktree's git folder: it goes with the worktree. Undefined takes it back. */
  noteSetUp(worktreePath: string, as: string | undefined): Promise<void>;
  /** Keeps its files as `retire` does, and takes nothing away. Throws SNAPSHOT_FAILED. */
  keep(ask: {
    agent: string;
    worktreePath: string;
    signal?: AbortSignal;
  }): Promise<{ readonly snapshotRef?: string | undefined }>;
  /** True when the folder is there and is a worktree of this repository. */
  exists(worktreePath: string): Promise<boolean>;
  /**
   * Snapshots tracked and untracked files to a hidden ref, then removes the worktree (the branch stays). A folder that
   * is not there any more may have been moved: what git knows of it is left, so that it can be repaired. Throws
   * SNAPSHOT_FAILED with nothing removed. `keepsFolder`: the snapshot is made, and the worktree stays where it is, as
   * nobody's.
   */
  retire(ask: {
    agent: string;
    worktreePath: string;
    keepsFolder?: boolean;
    signal?: AbortSignal;
  }): Promise<Retired>;
}

/** `none`: it was not behind, or is not on its branch. */
export type Rebased =
  | { readonly how: 'none' }
  | {
      readonly how: 'rebased';
      readonly from: string;
      readonly to: string;
      readonly snapshotRef: string;
    }
  | {
      readonly how: 'left';
      readonly from: string;
      readonly why: string;
      /** That conflict, at most 20. */
      readonly paths: readonly string[];
    };

export interface Adoptable {
  /** As the disk writes it, links resolved. */
  readonly path: string;
  readonly branch: string;
}

export interface Retired {
  /** Where the files are kept; undefined when there were none to keep. */
  readonly snapshotRef?: string | undefined;
  /** The folder was not there, and it was not we who took it away. */
  readonly isGone: boolean;
}

/** How a CLI is started for one agent. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the inherited environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Written to the agent's private folder before the start, by name. They hold no secret: the token is in the environment. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Which conversation a CLI is asked for. */
export type ConversationAsk =
  /** A new one; with an id, where the CLI lets it be chosen. */
  | { readonly how: 'new'; readonly id?: string }
  /** The one of this id, or nothing. */
  | { readonly how: 'resumed'; readonly id: string }
  /** The last one in this folder, whichever that was. */
  | { readonly how: 'continued' };

export interface LaunchAsk {
  readonly agent: string;
  readonly command?: readonly string[] | undefined;
  /** Only with a new conversation. */
  readonly prompt?: string | undefined;
  readonly conversation: ConversationAsk;
  /** Its cost is limited: it is to tell it, where it can. */
  readonly tellsCost?: boolean;
  /** Where its MCP client finds Musher; the token is in MUSHER_TOKEN. */
  readonly mcp?: { readonly url: string };
  /** The agent's private folder, absolute: where `files` are. */
  readonly folder: string;
}

/**
 * Phrases on the screen that tell what a CLI does; `*` stands for anything within a line, and small and large letters are
 * the same. Never regular expressions: they come from config files as well, and some run for ever.
 */
export interface ScreenPhrases {
  /** At its prompt: what is typed now is read as a prompt. */
  readonly ready?: readonly string[];
  readonly busy?: readonly string[];
  /** It asks for a permission or a choice. */
  readonly waiting?: readonly string[];
  /** Its account or model takes no more for now. */
  readonly limit?: readonly string[];
  /** Its connection to its model broke. */
  readonly broken?: readonly string[];
}

export interface Profile {
  readonly name: string;
  readonly title: string;
  /** Program looked for on PATH; undefined when the agent brings its own command. */
  readonly program?: string;
  /** How to install it, shown when it is missing. */
  readonly hint?: string;
  readonly needsCommand: boolean;
  /** How a first prompt reaches it: with its start, typed once it is ready, or not at all. */
  readonly prompt: 'argument' | 'typed' | 'none';
  /** True when the CLI reads typed prompts, so a waiting agent can be woken through its terminal. */
  readonly wakeable: boolean;
  /** Where the id of its conversation comes from: chosen at the start, or told by a hook; `none`: there is no id. */
  readonly conversationId: 'chosen' | 'told' | 'none';
  /** It can take up the last conversation in its folder where no id is known. */
  readonly continuesLast: boolean;
  readonly screen: ScreenPhrases;
  /** On a line of the menu that it opens at a limit, while Enter takes the choice to wait. */
  readonly limitMenu?: string;
  /** How its screen asks for permissions; none: they are answered in its terminal alone. */
  readonly prompts?: readonly PromptShape[];
  /** A hook of its own asks for permissions: while its hooks are heard, its screen is not asked. Default: it has none. */
  readonly hasPermissionHook?: boolean;
  readonly origin: ProfileOrigin;
  /** Of a repository's profile: what the operator confirms. */
  readonly confirm?: { readonly hash: string; readonly commandLine: string };
  /** Pure. */
  launch(ask: LaunchAsk): Launch;
}

/** All profiles there are now: the built-in ones, and those of config files, which may change. */
export interface Profiles {
  get(name: string): Profile | undefined;
  list(): readonly Profile[];
}

/** What the operator confirmed on this machine, in the user's own data. */
export interface Confirmations {
  has(hash: string): boolean;
  /** Remembered at once. */
  add(hash: string): void;
  /** SHA-256 in hex: what names exactly these words. */
  hashOf(words: string): string;
}

/** Each agent's private folder under Musher's own data, mode 0700: never the worktree, never the user's config. */
export interface AgentFolders {
  pathOf(agent: string): string;
  /** Makes it, and writes these files, mode 0600. Throws FILE_FAILED. */
  write(agent: string, files: Readonly<Record<string, string>>): Promise<void>;
  remove(agent: string): Promise<void>;
}

/** A program as the system starts it. */
export interface Startable {
  /** Absolute. */
  readonly program: string;
  /** What comes before its own arguments: the script, where Node runs it. */
  readonly args: readonly string[];
}

export interface Programs {
  /** A path that means another file in each folder. What it is shows only once the worktree stands. */
  isRelative(program: string): boolean;
  /**
   * A program on PATH (with PATHEXT on Windows), or undefined. With a slash: relative to `cwd`, and PROGRAM_UNUSABLE is thrown
   * where no program is. Throws SPAWN_FAILED for what is there and must not be started.
   */
  find(program: string, cwd?: string): Promise<Startable | undefined>;
  /** Environment that every agent starts from. */
  readonly baseEnv: Readonly<Record<string, string>>;
  /** Adds what an agent needs to talk to the hub: MUSHER_URL, MUSHER_AGENT, MUSHER_TOKEN and PATH with `musher` on it. */
  agentEnv(ask: { agent: string; token: string }): Readonly<Record<string, string>>;
  /** A new UUID, for a CLI that lets the id of its conversation be chosen. */
  newConversationId(): string;
}

/** Tokens by subject. A new one ends the one before. */
export interface Tokens {
  issue(agent: string): Promise<string>;
  revoke(agent: string): Promise<void>;
}

/** One heartbeat file, as it was last whole. */
export interface Heartbeat {
  /** Whose it says it is; untrusted text. */
  readonly agent: string;
  /** By the clock of whoever wrote it, Unix ms. */
  readonly atMs: number;
  /** When the file was written, by the disk's clock, Unix ms. */
  readonly writtenMs: number;
  readonly machine?: string | undefined;
  readonly issue?: string | undefined;
}

export interface HeartbeatFiles {
  /** Bounded, whatever is in the folder; none where there is no folder. Never throws for what is in it. */
  read(): Promise<readonly Heartbeat[]>;
  /** Something in the folder is another one. May come late or not at all: the folder is looked at now and then too. */
  onChange(listener: () => void): Dispose;
}
