/** `musher snapshot take` and `musher snapshot restore`: they wait for what becomes of it, and end with 1 when it failed. */
import type { SnapshotOutcome } from '../../preload/contract/snapshots.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatOutcome } from './format/snapshots.ts';
import { poll } from './poll.ts';
import { declareWait } from './wait-flag.ts';

/** Writing gigabytes takes long; whoever waits less says so. */
const patienceMs = 600_000;

const exits: Readonly<Record<SnapshotOutcome['state'], ExitCode>> = {
  kept: exitCodes.ok,
  restored: exitCodes.ok,
  running: exitCodes.timeOver,
  failed: exitCodes.failed,
};

export const takeConvenience: Convenience = {
  declare: (command) => declareWait(command, 'its end; default 10m'),
  run: (run) => runAsked(run, run.data),
};

export const restoreConvenience: Convenience = {
  declare: (command) => declareWait(command, 'its end; default 10m'),
  run(run) {
    const { to } = run.data;
    if (typeof to !== 'string') return runAsked(run, run.data);
    // Not by `import`, which looks at every export: some load more.
    const { resolve } = process.getBuiltinModule('node:path');
    return runAsked(run, { ...run.data, to: resolve(run.session.io.folder, to) });
  },
};

async function runAsked(
  { session, capability, waitMs = patienceMs }: CapabilityRun,
  data: CapabilityRun['data'],
): Promise<ExitCode> {
  const result = await session.client.command(capability.type, data);
  const { ask } = await readResult('snapshot.take', result);
  const outcome = await poll({
    session,
    type: 'snapshot.outcome',
    data: { ask },
    totalMs: waitMs,
    parse: (answer) => readResult('snapshot.outcome', answer),
    isDone: ({ state }) => state !== 'running',
    isPatient: true,
  });
  await session.printEither(outcome, () => formatOutcome(outcome));
  return exits[outcome.state];
}
