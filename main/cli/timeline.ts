/** `musher timeline --at`: how everything stood then. What is not kept yet is folded first, which is told and may be broken off. */
import type { PastProgress } from '../../preload/contract/timeline.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { CapabilityType } from './format/formatter.ts';
import type { Session } from './session.ts';

/** Between two words about how far it is. */
const tellEveryMs = 5_000;

export const timelineConvenience: Convenience = {
  declare: (command) =>
    command.option('--at <moment>', 'Show how everything stood after this event, or at this time'),
  async run({ session, capability, data, options }): Promise<ExitCode> {
    if (typeof options.at === 'string')
      return showWhole(session, 'timeline.at', { at: options.at });
    await session.print(capability.type, await session.client.query(capability.type, data));
    return exitCodes.ok;
  },
};

/** Of what may have to be folded first: asked again until it is whole. */
export const foldedConvenience: Convenience = {
  run: ({ session, capability, data }: CapabilityRun) =>
    showWhole(session, capability.type as Folded, data),
};

type Folded = 'timeline.at' | 'timeline.records' | 'timeline.overview';

async function showWhole(
  session: Session,
  type: Folded,
  data: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const waitMs = typeof data.waitMs === 'number' ? data.waitMs : tellEveryMs;
  for (;;) {
    const result = await session.client.query(type, { ...data, waitMs }, waitMs);
    const { progress } = await readResult<CapabilityType & Folded>(type, result);
    if (progress === undefined || data.waitMs !== undefined) {
      await session.print(type, result);
      return progress === undefined ? exitCodes.ok : exitCodes.timeOver;
    }
    await session.note(sayProgress(progress));
  }
}

function sayProgress({ at, to }: PastProgress): string {
  return `Folding the log: event ${at} of ${to}. Ctrl+C stops it; what is done stays done.`;
}
