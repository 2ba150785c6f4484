/** `musher gate run --wait`: how its gates ended, and an exit code that says so. */
import { areAllOver } from '../../preload/contract/gate-verdict.ts';
import type { Verdict } from '../../preload/contract/gates.ts';
import type { Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { poll } from './poll.ts';
import { declareWait } from './wait-flag.ts';

const exits: Readonly<Record<Verdict, ExitCode>> = {
  green: exitCodes.ok,
  red: exitCodes.failed,
  running: exitCodes.timeOver,
};

export const gateRunConvenience: Convenience = {
  declare: (command) => declareWait(command, 'the results of all its gates'),
  async run({ session, capability, data, waitMs }) {
    const result = await session.client.command(capability.type, data);
    if (waitMs === undefined) {
      await session.print(capability.type, result);
      return exitCodes.ok;
    }
    const { check } = await readResult('gate.run', result);
    const outcome = await poll({
      session,
      type: 'gate.outcome',
      data: { check },
      totalMs: waitMs,
      parse: (answer) => readResult('gate.outcome', answer),
      isDone: ({ check: told, runs }) =>
        areAllOver(told, (id) => runs.find((run) => run.id === id)),
      isPatient: true,
    });
    await session.print('gate.outcome', outcome);
    return exits[outcome.verdict];
  },
};
