/** The command in its own process. */
import { processIo } from './process-io.ts';
import { run } from './run.ts';

export function start(argv: readonly string[], version: string): Promise<number> {
  return run(argv, processIo(version));
}
