/** `musher config propose --file --wait`: the text of a file, and how it ended. */
import type { ProposalRecord, ProposalState } from '../../preload/contract/proposal-records.ts';
import { reasonOf } from '../base/result.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { checkInput } from './input.ts';
import { readResult } from './checks.ts';
import { formatDuration } from './durations.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';
import { oneLine } from './format/plain-text.ts';
import { poll } from './poll.ts';
import { declareWait } from './wait-flag.ts';

/** Not by `import`, which looks at every export: some load more. */
const files = () => process.getBuiltinModule('node:fs/promises');
const paths = () => process.getBuiltinModule('node:path');

/** More is refused by the hub anyway, in its words; what is beyond a request is not read. */
const mostBytes = 1024 * 1024;

const exits: Readonly<Record<ProposalState, ExitCode>> = {
  open: exitCodes.timeOver,
  approved: exitCodes.timeOver,
  applied: exitCodes.ok,
  rejected: exitCodes.denied,
  withdrawn: exitCodes.timeOver,
  superseded: exitCodes.timeOver,
  stale: exitCodes.conflicted,
};

export const proposeConvenience: Convenience = {
  declare(command) {
    command.option('--file <path>', 'Take the whole new text from this file');
    declareWait(command, 'the decision');
  },
  async run(run) {
    const { session, capability, waitMs } = run;
    const data = await withFile(run);
    const result = await session.client.command(capability.type, data);
    if (waitMs === undefined) {
      await session.print(capability.type, result);
      return exitCodes.ok;
    }
    const { proposal } = await readResult('proposal.make', result);
    await session.note(`Proposed as ${proposal}; waiting up to ${formatDuration(waitMs)}.`);
    const record = await poll<ProposalRecord>({
      session,
      type: 'proposal.get',
      data: { proposal },
      totalMs: waitMs,
      parse: (answer) => readResult('proposal.get', answer),
      isDone: ({ settledMs }) => settledMs !== undefined,
      isPatient: true,
    });
    await session.printEither(record, () => sayOutcome(record));
    return exits[record.state];
  },
};

async function withFile({ session, capability, data, options }: CapabilityRun) {
  const { file } = options;
  if (typeof file !== 'string') return data;
  if (data.text !== undefined) throw usageError('--file and --text are two texts: name one.');
  const path = paths().resolve(session.io.folder, file);
  const all = { ...data, text: await readText(path, file) };
  await checkInput({ capability }, all);
  return all;
}

async function readText(path: string, named: string): Promise<string> {
  const bytes = await read(path, named);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw usageError(`${named} is no UTF-8 text.`);
  }
}

async function read(path: string, named: string): Promise<Uint8Array> {
  try {
    const info = await files().stat(path);
    // A pipe would be waited for.
    if (!info.isFile()) throw new Error('it is no plain file');
    if (info.size > mostBytes) throw new Error(`it has ${info.size} bytes, more than ${mostBytes}`);
    return await files().readFile(path);
  } catch (error) {
    throw usageError(`${named} cannot be read: ${reasonOf(error)}.`);
  }
}

function sayOutcome({ id, state, note, stale, by }: ProposalRecord): string {
  const why = [note, stale, by].filter((one) => one !== undefined && one !== '');
  const said = why.map((one) => oneLine(String(one))).join(', ');
  return `${oneLine(id)} is ${state}${said === '' ? '.' : `: ${said}`}`;
}
