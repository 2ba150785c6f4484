/** `musher ask --wait` and `musher question get --wait`: the answer, and an exit code that says how it ended. */
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { formatDuration } from './durations.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatAnswer } from './format/questions.ts';
import { poll } from './poll.ts';
import { declareWait } from './wait-flag.ts';

export const askConvenience: Convenience = {
  declare: (command) => declareWait(command, 'the answer, and print it'),
  async run({ session, capability, data, waitMs }) {
    const result = await session.client.command(capability.type, data);
    if (waitMs === undefined) {
      await session.print(capability.type, result);
      return exitCodes.ok;
    }
    const { question } = await readResult('question.ask', result);
    await session.note(
      `Asked as ${question}; waiting up to ${formatDuration(waitMs)} for the answer.`,
    );
    const record = await whileOpen({ session, data: { question }, waitMs, isPatient: true });
    await session.printEither(record, () =>
      record.answer === undefined ? '' : formatAnswer(record.answer),
    );
    await session.note(endOf(record, waitMs));
    return exitOf(record);
  },
};

export const questionGetConvenience: Convenience = {
  async run({ session, capability, data, waitMs }) {
    const { waitMs: _, ...rest } = data;
    const record = await whileOpen({ session, data: rest, waitMs: waitMs ?? 0, isPatient: false });
    await session.print(capability.type, record);
    return waitMs === undefined ? exitCodes.ok : exitOf(record);
  },
};

interface Waiting extends Pick<CapabilityRun, 'session' | 'data'> {
  readonly waitMs: number;
  readonly isPatient: boolean;
}

function whileOpen({ session, data, waitMs, isPatient }: Waiting): Promise<QuestionRecord> {
  return poll({
    session,
    type: 'question.get',
    data,
    totalMs: waitMs,
    parse: (result) => readResult('question.get', result),
    isDone: ({ state }) => state !== 'open',
    isPatient,
  });
}

function exitOf({ state }: QuestionRecord): ExitCode {
  return state === 'answered' ? exitCodes.ok : exitCodes.timeOver;
}

function endOf({ id, state, answer }: QuestionRecord, waitMs: number): string {
  if (state === 'answered') return `${id} is answered.`;
  if (state === 'open') {
    return `No answer within ${formatDuration(waitMs)}. ${id} stays open; the answer comes to your inbox.`;
  }
  return `${id} is ${state}${answer === undefined ? '' : '; the default holds'}.`;
}
