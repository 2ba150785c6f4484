/** `musher request-approval --wait` and `musher approval get --wait`: how it ended, and an exit code that says so. */
import { isSettled } from '../../preload/contract/approval-states.ts';
import type { ApprovalRecord, ApprovalState } from '../../preload/contract/approvals.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { sayWithdrawal } from '../../preload/contract/say-lifecycle.ts';
import { formatDuration } from './durations.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { oneLine, plainText } from './format/plain-text.ts';
import { poll } from './poll.ts';
import { declareWait } from './wait-flag.ts';

const exits: Readonly<Record<ApprovalState, ExitCode>> = {
  pending: exitCodes.timeOver,
  approved: exitCodes.timeOver,
  merging: exitCodes.timeOver,
  merged: exitCodes.ok,
  denied: exitCodes.denied,
  failed: exitCodes.conflicted,
  conflicted: exitCodes.conflicted,
  withdrawn: exitCodes.timeOver,
  superseded: exitCodes.timeOver,
};

export const requestConvenience: Convenience = {
  declare: (command) => declareWait(command, 'the decision and the merge'),
  async run({ session, capability, data, waitMs }) {
    const result = await session.client.command(capability.type, data);
    if (waitMs === undefined) {
      await session.print(capability.type, result);
      return exitCodes.ok;
    }
    const { approval } = await readResult('approval.request', result);
    await session.note(`Requested as ${approval}; waiting up to ${formatDuration(waitMs)}.`);
    const record = await untilSettled({ session, data: { approval }, waitMs, isPatient: true });
    await session.printEither(record, () => formatOutcome(record, waitMs));
    return exits[record.state];
  },
};

export const approvalGetConvenience: Convenience = {
  async run({ session, capability, data, waitMs }) {
    const { waitMs: _, ...rest } = data;
    const record = await untilSettled({
      session,
      data: rest,
      waitMs: waitMs ?? 0,
      isPatient: false,
    });
    await session.print(capability.type, record);
    return waitMs === undefined ? exitCodes.ok : exits[record.state];
  },
};

interface Waiting extends Pick<CapabilityRun, 'session' | 'data'> {
  readonly waitMs: number;
  readonly isPatient: boolean;
}

function untilSettled({ session, data, waitMs, isPatient }: Waiting): Promise<ApprovalRecord> {
  return poll({
    session,
    type: 'approval.get',
    data,
    totalMs: waitMs,
    parse: (result) => readResult('approval.get', result),
    isDone: ({ state }) => isSettled(state),
    isPatient,
  });
}

/** One line that says how it ended, then what was said about it. */
export function formatOutcome(record: ApprovalRecord, waitMs: number): string {
  const { id, state, pin, mergeCommit, note, failure, conflicts, withdrawal } = record;
  const name = oneLine(id);
  const said = note === undefined || note === '' ? [] : [plainText(note)];
  if (state === 'merged') {
    const merged = `merged into ${oneLine(pin.target)} as ${oneLine(mergeCommit ?? pin.commit)}`;
    return [merged, ...said].join('\n');
  }
  if (!isSettled(state)) {
    return `${name} is ${state} after ${formatDuration(waitMs)}; the decision comes to your inbox.`;
  }
  const why = failure === undefined ? [] : [oneLine(failure.message), `→ ${oneLine(failure.mend)}`];
  const files = (conflicts ?? []).map((path) => `conflict: ${oneLine(path)}`);
  if (withdrawal !== undefined) said.push(oneLine(sayWithdrawal(withdrawal)));
  return [state, ...said, ...why, ...files].join('\n');
}
