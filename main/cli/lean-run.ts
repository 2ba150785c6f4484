/** Runs what `lean.ts` understood. Prints every error, throws none. */
import type { Io } from './io.ts';
import type { LeanStatus } from './lean.ts';
import { openSession } from './session.ts';
import { statusCommand } from './status.ts';
import { tellFailure } from './tell-failure.ts';

export async function runLean({ globals }: LeanStatus, io: Io): Promise<number> {
  try {
    return await statusCommand(openSession(io, globals));
  } catch (error) {
    return tellFailure(error, io, globals.json);
  }
}
