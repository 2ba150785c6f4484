/** What learnings need from outside: the file that a team shares. */

export interface LearningsFile {
  /** From the root of the repository, for messages: `.musher/learnings.md`. */
  readonly path: string;
  /** Its text, or undefined where there is none. Throws FILE_FAILED for what is no such file: a folder, a link that leads out, no text. */
  read(): Promise<string | undefined>;
  /**
   * Replaces it whole, or leaves it as it was. False where it is not as it was read any more, so that nobody's words are written over.
   * Throws FILE_FAILED.
   */
  replace(before: string | undefined, after: string): Promise<boolean>;
}
