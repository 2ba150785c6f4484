/** `musher inbox`: `--wait`, `--follow` and `--ack`. Acks only what was printed, after it has left. */
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';
import type { ResultOf } from './format/formatter.ts';
import { formatInbox } from './format/messages.ts';
import { safeJson } from './format/plain-text.ts';
import { longestPollMs, poll } from './poll.ts';
import type { Session } from './session.ts';

type Inbox = ResultOf<'inbox.read'>;

export const inboxConvenience: Convenience = {
  declare(command) {
    command
      .option('--follow', 'Keep on printing what comes, until Ctrl+C')
      .option('--ack', 'Ack what was printed, so that it does not come again');
  },
  async run(run) {
    const { session, capability, options } = run;
    if (options.ack === true && run.data.agent !== undefined) {
      throw usageError('--ack is for your own inbox; leave --agent out.', 'inbox');
    }
    if (options.follow === true) return follow(run);
    const inbox = await readAfter(run, { totalMs: run.waitMs ?? 0, isPatient: false });
    await session.print(capability.type, inbox);
    if (options.ack === true) await ack(session, inbox);
    return exitCodes.ok;
  },
};

async function follow(run: CapabilityRun): Promise<never> {
  let after: number | undefined;
  for (;;) {
    const isPatient = after !== undefined;
    const inbox = await readAfter(run, { after, totalMs: longestPollMs, isPatient });
    if (inbox.items.length > 0) await printItems(run.session, inbox);
    if (run.options.ack === true) await ack(run.session, inbox);
    after = inbox.cursor;
  }
}

interface From {
  readonly after?: number | undefined;
  readonly totalMs: number;
  readonly isPatient: boolean;
}

function readAfter({ session, capability, data }: CapabilityRun, from: From): Promise<Inbox> {
  const { waitMs: _, ...rest } = data;
  return poll({
    session,
    type: capability.type,
    data: from.after === undefined ? rest : { ...rest, after: from.after },
    totalMs: from.totalMs,
    parse: (result) => readResult('inbox.read', result),
    isDone: ({ items }) => items.length > 0,
    isPatient: from.isPatient,
  });
}

/** With --json one item to a line, so that a program can read while they come. */
function printItems({ io, isJson, view }: Session, { items }: Inbox): Promise<void> {
  const text = isJson
    ? items.map((item) => safeJson(item)).join('\n')
    : `${formatInbox(items, view())}\n`;
  return io.stdout.write(`${text}\n`);
}

async function ack({ client }: Session, { items }: Inbox): Promise<void> {
  const last = items.at(-1);
  if (last !== undefined) await client.command('inbox.ack', { upTo: last.seq });
}
