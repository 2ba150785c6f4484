/** How any run ends that did not go well: one error in words or JSON, and its exit code. */
import { MusherError, musherError, reasonOf } from '../base/result.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { describeFailure, failureJson } from './failures.ts';
import { styleFor } from './format/view.ts';
import type { Io } from './io.ts';

/** The exit code. */
export async function tellFailure(error: unknown, io: Io, isJson: boolean): Promise<number> {
  if (isReaderGone(error)) return exitCodes.ok;
  if (!(error instanceof MusherError) && io.interrupt().aborted) return exitCodes.interrupted;
  const wire = (
    error instanceof MusherError ? error : musherError('INTERNAL', { reference: reasonOf(error) })
  ).wire;
  try {
    if (isJson) await io.stdout.write(failureJson(wire));
    else await io.stderr.write(describeFailure(wire, styleFor(io.stderr, io.env)));
  } catch (gone) {
    if (!isReaderGone(gone)) throw gone;
  }
  return exitCodeOf(wire.code);
}

/** `musher log | head`: who read has seen enough. */
function isReaderGone(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'EPIPE';
}
