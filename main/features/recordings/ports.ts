/** The recordings of a project, as they lie on its disk. The terminal host writes them, also while no hub is there. */

export interface RecordingKey {
  readonly agent: string;
  readonly session: number;
  /** Unix ms. */
  readonly startMs: number;
}

export interface RecordingInfo extends RecordingKey {
  readonly durationMs: number;
  readonly sizeBytes: number;
}

/** A file of a recording from 1, and where in it, in bytes; 0 is its beginning. */
export interface RecordingPlace {
  readonly part: number;
  readonly at: number;
}

export interface RecordingDetail {
  /** To the millisecond, where a list goes by when its file was written. */
  readonly durationMs: number;
  readonly parts: ReadonlyArray<{ readonly part: number; readonly atMs: number }>;
  readonly marks: ReadonlyArray<{ readonly atMs: number; readonly text: string }>;
}

export interface RecordingPage {
  readonly events: ReadonlyArray<{
    readonly atMs: number;
    readonly code: 'o' | 'r' | 'm';
    readonly text: string;
  }>;
  readonly size: { readonly cols: number; readonly rows: number };
  readonly next: RecordingPlace | undefined;
}

/** All throw RECORDING_FAILED when the disk says no, and RECORDING_GONE for a part that went meanwhile. */
export interface Recordings {
  /** All, or those of one agent; the newest first. */
  list(agent?: string): Promise<readonly RecordingInfo[]>;
  detail(key: RecordingKey): Promise<RecordingDetail>;
  page(key: RecordingKey, from: RecordingPlace): Promise<RecordingPage>;
  /** From the beginning without `from`. */
  exportPage(
    key: RecordingKey,
    ask: { readonly from: RecordingPlace | undefined; readonly mask: boolean },
  ): Promise<{ readonly text: string; readonly next: RecordingPlace | undefined }>;
  /** Looks through one part. */
  find(
    key: RecordingKey,
    ask: { readonly text: string; readonly part: number; readonly afterMs: number },
    signal: AbortSignal,
  ): Promise<{ readonly foundMs: number | undefined; readonly nextPart: number | undefined }>;
}
