/** One error that a caller can meet. */

export type ErrorLevel = 'debug' | 'info' | 'warn' | 'error';

export interface ErrorRow {
  /** HTTP status. */
  readonly status: number;
  /** Level it is logged at. */
  readonly level: ErrorLevel;
  /** Names the thing, what was expected and what was found. */
  readonly message: string;
  /** One sentence: what to do now. */
  readonly mend: string;
  readonly retired?: true;
}

/** A caller's mistake, or something they should know. */
export function row(status: number, message: string, mend: string): ErrorRow {
  return { status, level: 'info', message, mend };
}

/** Somebody tried what they may not. */
export function warned(status: number, message: string, mend: string): ErrorRow {
  return { status, level: 'warn', message, mend };
}

/** Something outside or inside failed. */
export function failed(status: number, message: string, mend: string): ErrorRow {
  return { status, level: 'error', message, mend };
}
