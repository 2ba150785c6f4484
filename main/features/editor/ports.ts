/** What opening an editor needs from outside. */
export interface EditorStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Editors {
  /** The real path of a file, or undefined when there is none or it lies outside of the folder. */
  locate(folder: string, path: string): Promise<string | undefined>;
  /** Starts it on its own: it outlives Musher. Rejects when it cannot be started. */
  start(ask: EditorStart): Promise<void>;
}
