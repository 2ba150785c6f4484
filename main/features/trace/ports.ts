/** What a trace needs from git. */

export interface Blame {
  /** Full id of the commit that the line came by. */
  readonly id: string;
  readonly subject: string;
  readonly author: string;
  readonly atMs: number;
  /** Where the line was in that commit. */
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface Lines {
  /** Who last changed a line of a file, through renames of the file. `at`: default what is checked out. Throws TRACE_NOT_FOUND. */
  blame(ask: {
    path: string;
    line: number;
    at?: string | undefined;
    signal?: AbortSignal;
  }): Promise<Blame>;
  /** The commit of the history of `at` itself by which it got `commit`; undefined where it has not, or 5,000 commits ago. */
  broughtBy(ask: {
    commit: string;
    at?: string | undefined;
    signal?: AbortSignal;
  }): Promise<string | undefined>;
}
