/** What opening an editor needs from outside. */
export interface EditorStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Files that git tracks in the repository itself, from its root, in git's order. */
export interface TrackedFiles {
  /** The same array until something is added or removed. Throws GIT_FAILED. */
  list(): Promise<readonly string[]>;
}

export interface Editors {
  /** The real path of a file, or undefined when there is none or it lies outside of the folder. */
  locate(folder: string, path: string): Promise<string | undefined>;
  /** Starts it on its own: it outlives Musher. Rejects when it cannot be started. */
  start(ask: EditorStart): Promise<void>;
}
