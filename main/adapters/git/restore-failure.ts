/** How a restore that failed is told, and what to do then. */
import { dirname } from 'node:path';
import { MusherError, musherError } from '../../base/result.ts';
import { partWithRoom } from './disk-failure.ts';

/** A lock that is left over is removed by whoever knows that it is. */
export function whatToDo(error: unknown): string {
  const isLocked = error instanceof MusherError && error.wire.code === 'GIT_LOCKED';
  return isLocked ? error.wire.mend : 'Mend the cause and try again.';
}

export async function asFailure(
  error: unknown,
  { path, mend }: { path: string; mend: string },
): Promise<unknown> {
  if (error instanceof MusherError && error.wire.code.startsWith('SNAPSHOT_')) return error;
  const reason = await partWithRoom(error, dirname(path));
  return musherError('RESTORE_FAILED', { path, reason, mend }, error);
}
