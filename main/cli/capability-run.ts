/** What a capability's own behaviour on the command line gets, beyond sending and printing. */
import type { Command } from 'commander';
import type { CliCapability } from './capabilities.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Session } from './session.ts';

export interface CapabilityRun {
  readonly session: Session;
  readonly capability: CliCapability;
  /** Positional words as they were typed. */
  readonly words: readonly string[];
  /** Checked against the schema, unless the convenience checks each itself. */
  readonly data: Readonly<Record<string, unknown>>;
  /** How long to wait, from `--wait`; undefined when not asked to. */
  readonly waitMs: number | undefined;
  /** The flags that `declare` added. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A convenience that the command line adds to a capability. Others are sent and printed, nothing more. */
export interface Convenience {
  /** It sends more than once; what is sent is the hub's to check. */
  readonly checksEach?: boolean;
  /** Adds flags that are no fields. */
  declare?(command: Command): void;
  run(run: CapabilityRun): Promise<ExitCode>;
}
