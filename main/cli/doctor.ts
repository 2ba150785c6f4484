/** `musher doctor`: by the Musher that has the repository open, which knows more; else by itself, since that is when it is needed. */
import { resolve } from 'node:path';
import { MusherError } from '../base/result.ts';
import type { DoctorReport } from '../../preload/contract/doctor.ts';
import type { Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Session } from './session.ts';
import { hasRepositoryOpen } from './status.ts';

export const doctorConvenience: Convenience = {
  declare: (command) =>
    command.option(
      '--repo <folder>',
      'Folder that is looked at (default: the one of MUSHER_URL, else this one)',
    ),
  async run({ session, capability: { type }, options }): Promise<ExitCode> {
    const repo = typeof options.repo === 'string' ? options.repo : undefined;
    const report = (await askMusher(session, type, repo)) ?? (await lookHere(session, repo));
    await session.print(type, report);
    const isWrong = report.checks.some(({ state }) => state === 'problem');
    return isWrong ? exitCodes.failed : exitCodes.ok;
  },
};

/** What a Musher answers that runs and does not know who asks, or what. An agent is refused, as for all that is the operator's. */
const refusals: ReadonlySet<string> = new Set([
  ...['UNAUTHENTICATED', 'NOT_FOUND', 'HUB_UNREACHABLE'],
]);

/** Undefined where none has it open, or it does not tell. */
async function askMusher(
  session: Session,
  type: string,
  repo: string | undefined,
): Promise<DoctorReport | undefined> {
  const signal = session.io.interrupt();
  // Whatever is there: that it does not answer as it should is what is looked for.
  const isOpen = await hasRepositoryOpen(session, repo).catch(() => false);
  signal.throwIfAborted();
  if (!isOpen) return undefined;
  try {
    return await readResult('doctor.check', await session.client.query(type, {}));
  } catch (error) {
    if (!(error instanceof MusherError) || !refusals.has(error.wire.code)) throw error;
    await session.note(`The Musher that runs was not asked: ${error.wire.message}`);
    return undefined;
  }
}

function lookHere({ io, port }: Session, repo: string | undefined): Promise<DoctorReport> {
  const folder = resolve(io.folder, repo ?? '.');
  return io.host.doctor({ folder, port, signal: io.interrupt() });
}
