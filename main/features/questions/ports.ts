/** What questions need from the outside. */

export interface AttachmentFile {
  /** From the worktree, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of what was in it, in hex. */
  readonly hash: string;
  /** Left out of what is no text in UTF-8. */
  readonly text?: string;
}

/** Files of worktrees that agents show with their questions. */
export interface Attachments {
  /**
   * Reads one, links followed. Rejects with ATTACHMENT_REFUSED where it is outside of the worktree, in its `.git`, no file, or larger
   * than `attachmentBytes`.
   */
  read(worktree: string, path: string): Promise<AttachmentFile>;
}

export interface QuestionsPorts {
  readonly attachments: Attachments;
}
