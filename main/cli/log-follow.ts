/** `musher log --follow`: the page that was asked for, then every event as it comes. */
import type { z } from 'zod';
import type { eventSchema } from '../../preload/contract/log.ts';
import { sleep } from '../base/clock.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { isAway, isCutOff } from './client.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { readEvents } from './event-stream.ts';
import { usageError } from './failures.ts';
import { formatEvent } from './format/log.ts';
import { safeJson } from './format/plain-text.ts';
import type { Session } from './session.ts';

type LogEvent = z.output<typeof eventSchema>;
const reconnectMs = 1000;

export const logConvenience: Convenience = {
  declare: (command) => command.option('--follow', 'Keep on printing events, until Ctrl+C'),
  async run(run): Promise<ExitCode> {
    const { session, capability, data } = run;
    if (run.options.follow === true) return follow(run);
    const result = await session.client.query(capability.type, data);
    await session.print(capability.type, result);
    return exitCodes.ok;
  },
};

async function follow({ session, capability, data }: CapabilityRun): Promise<never> {
  if (data.before !== undefined)
    throw usageError('--before and --follow exclude each other.', 'log');
  const page = await session.client.query(capability.type, data);
  const { events, head } = await readResult('log.page', page);
  for (const event of events) await printEvent(session, event);
  let seen = events.at(-1)?.seq ?? head;
  for (;;) {
    seen = await followOnce(session, seen);
    await sleep(session.io.clock, reconnectMs, session.io.interrupt());
  }
}

/** Until the stream breaks; the number of the last event printed. */
async function followOnce(session: Session, after: number): Promise<number> {
  // Whoever follows stays: what the schema costs to load does not count.
  const { eventSchema } = await import('../../preload/contract/log.ts');
  let seen = after;
  try {
    for await (const { data } of readEvents(await session.client.events(after))) {
      const event = eventSchema.safeParse(JSON.parse(data)).data;
      if (event === undefined || event.seq <= seen) continue;
      await printEvent(session, event);
      seen = event.seq;
    }
  } catch (error) {
    const isBroken = isAway(error) || isCutOff(error);
    if (session.io.interrupt().aborted || !isBroken) throw error;
  }
  return seen;
}

function printEvent({ io, isJson, view }: Session, event: LogEvent): Promise<void> {
  return io.stdout.write(`${isJson ? safeJson(event) : formatEvent(event, view())}\n`);
}
