/**
 * Errors come in three kinds, never mixed. A *refusal* (the caller can mend it) is a value: `Result`.
 * An *outside failure* (git, pty, disk) is a thrown `MusherError`. A *bug* is a thrown `BugError`.
 */
import type { ErrorCode, ErrorParams, WireError } from '../../preload/contract/errors.ts';
import type { ErrorLevel } from '../../preload/contract/errors/row.ts';
import { levelOfWire, toWireError } from '../../preload/contract/errors.ts';

export type Result<T> = { readonly ok: true; readonly value: T } | Refused;
export interface Refused {
  readonly ok: false;
  readonly error: WireError;
}

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse(code: ErrorCode, params?: ErrorParams): Refused {
  return { ok: false, error: toWireError(code, params) };
}

/** An expected failure from outside, or a refusal on its way through code that throws. */
export class MusherError extends Error {
  readonly wire: WireError;
  constructor(wire: WireError, options?: ErrorOptions) {
    super(`${wire.message} ${wire.mend}`, options);
    this.name = 'MusherError';
    this.wire = wire;
  }
}

export function musherError(code: ErrorCode, params?: ErrorParams, cause?: unknown): MusherError {
  return new MusherError(toWireError(code, params), cause === undefined ? undefined : { cause });
}

/** The value, or the refusal thrown as MusherError. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new MusherError(result.error);
}

/** The wire form of anything thrown; what is no MusherError is a defect and says nothing of its inside. */
export function wireOf(thrown: unknown, reference = 'unlogged'): WireError {
  return thrown instanceof MusherError ? thrown.wire : toWireError('INTERNAL', { reference });
}

/** How loud it is in the log: as its row of the error table says; what has none is a defect. */
export function levelOf(thrown: unknown): ErrorLevel {
  return thrown instanceof MusherError ? levelOfWire(thrown.wire) : 'error';
}

/** What was thrown, as one line for a log or a message. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
