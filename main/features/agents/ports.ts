/** What agents need from the outside: worktrees, CLIs and tokens. Terminals have their own port. */

export interface WorktreeFacts {
  readonly worktreePath: string;
  readonly branch: string;
  readonly base: { readonly ref: string; readonly commit: string };
  /** Paths of submodules whose folders are empty, at most 20; absent when there are none. */
  readonly emptySubmodules?: string[];
}

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
    signal?: AbortSignal;
  }): Promise<WorktreeFacts>;
  /** True when the folder is there and is a worktree of this repository. */
  exists(worktreePath: string): Promise<boolean>;
  /**
   * Snapshots tracked and untracked files to a hidden ref, then removes the worktree (the branch stays). A folder that
   * is not there any more may have been moved: what git knows of it is left, so that it can be repaired. Throws
   * SNAPSHOT_FAILED with nothing removed.
   */
  retire(ask: { agent: string; worktreePath: string; signal?: AbortSignal }): Promise<Retired>;
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
  /** Typed into the terminal once the CLI is ready, when the program takes no prompt as argument. */
  readonly firstInput?: string;
}

export interface Profile {
  readonly name: string;
  readonly title: string;
  /** Program looked for on PATH; undefined when the agent brings its own command. */
  readonly program?: string;
  /** How to install it, shown when it is missing. */
  readonly hint?: string;
  readonly needsCommand: boolean;
  readonly takesPrompt: boolean;
  /** True when the CLI reads typed prompts, so a waiting agent can be woken through its terminal. */
  readonly wakeable: boolean;
  launch(ask: {
    agent: string;
    command?: readonly string[];
    prompt?: string;
    resume: boolean;
    /** Where its MCP client finds Musher; the token is in MUSHER_TOKEN. */
    mcp?: { url: string };
  }): Launch;
}

/** A program as the system starts it. */
export interface Startable {
  /** Absolute. */
  readonly program: string;
  /** What comes before its own arguments: the script, where Node runs it. */
  readonly args: readonly string[];
}

export interface Programs {
  /**
   * A program on PATH (with PATHEXT on Windows), or undefined. With a slash: relative to `cwd`. Throws SPAWN_FAILED for
   * what is there and must not be started.
   */
  find(program: string, cwd?: string): Promise<Startable | undefined>;
  /** Environment that every agent starts from. */
  readonly baseEnv: Readonly<Record<string, string>>;
  /** Adds what an agent needs to talk to the hub: MUSHER_URL, MUSHER_AGENT, MUSHER_TOKEN and PATH with `musher` on it. */
  agentEnv(ask: { agent: string; token: string }): Readonly<Record<string, string>>;
}

/** Tokens by subject. A new one ends the one before. */
export interface Tokens {
  issue(agent: string): Promise<string>;
  revoke(agent: string): Promise<void>;
}
