/**
 * `musher agent stop a b c`, `--all`: one command for each agent, one after another, and what became of each. Whatever
 * breaks off, by Ctrl+C or because no Musher answers any more, is said of each that was not asked.
 */
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { MusherError, wireOf } from '../base/result.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { requireAnswerer, requireYes } from './confirm.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';
import { formatResult } from './format/format-result.ts';
import { oneLine } from './format/plain-text.ts';
import { plainly } from './plainly.ts';

interface Bulk {
  /** Whom `--all` means: those that it can be done with now. */
  readonly isMeant: (agent: AgentRecord) => boolean;
  /** Said and asked about before it is done; undefined where nothing need be asked. */
  readonly warning?: (agents: readonly AgentRecord[]) => string;
  /** Asked about only where `--all` chose them. */
  readonly asksOnlyForAll?: boolean;
}

export function bulkConvenience(bulk: Bulk): Convenience {
  return {
    checksEach: true,
    declare(command) {
      const [agent] = command.registeredArguments;
      if (agent === undefined) throw new Error('the command takes no agent');
      agent.variadic = true;
      agent.argOptional();
      command.option('--all', 'Every agent that this can be done with now');
      if (bulk.warning) command.option('--yes', 'Do not ask');
    },
    async run(run) {
      const names = [...new Set(run.words)];
      const all = run.options.all === true;
      if (all === names.length > 0)
        throw usageError(
          all ? '--all and names exclude each other.' : 'Name an agent, or say --all.',
          run.capability.words.join(' '),
        );
      const records = await askedAbout(run, { bulk, names, all });
      const chosen = all ? records.filter(bulk.isMeant).map(({ id }) => id) : names;
      const [only] = chosen;
      if (!all && chosen.length === 1)
        return plainly.run({ ...run, data: { ...run.data, agent: only } });
      return tellAll(run, chosen);
    },
  };
}

/** The agents as they are, where they must be known; what is to be asked was asked then. */
async function askedAbout(
  { session, capability, options }: CapabilityRun,
  { bulk, names, all }: { bulk: Bulk; names: readonly string[]; all: boolean },
): Promise<readonly AgentRecord[]> {
  const asks = bulk.warning !== undefined && (all || !bulk.asksOnlyForAll) && options.yes !== true;
  if (!asks && !all) return [];
  const command = capability.words.join(' ');
  if (asks) requireAnswerer(session, command);
  const { agents } = await readResult(
    'agent.list',
    await session.client.query('agent.list', { all: true }),
  );
  const meant = agents.filter((one) => bulk.isMeant(one) && (all || names.includes(one.id)));
  if (asks && bulk.warning && meant.length > 0)
    await requireYes(session, { command, warning: bulk.warning(meant) });
  return agents;
}

type Outcome =
  | { readonly agent: string; readonly result: unknown }
  | { readonly agent: string; readonly error: WireError };

async function tellAll(run: CapabilityRun, agents: readonly string[]): Promise<ExitCode> {
  const { session, capability } = run;
  const outcomes: Outcome[] = [];
  for (const agent of agents) {
    const outcome = await askOne(run, agent, outcomes.at(-1));
    outcomes.push(outcome);
    if (!session.isJson) await session.io.stdout.write(`${await lineOf(run, outcome)}\n`);
  }
  const done = outcomes.filter((one) => 'result' in one).length;
  if (session.isJson) await session.printEither({ results: outcomes }, () => '');
  else if (agents.length === 0) await session.note(`No agent to ${capability.words.at(-1)}.`);
  else await session.note(`${done} of ${agents.length} done.`);
  return exitOf(run, outcomes);
}

/** Once nobody answers, or it was broken off, nobody else is asked. */
async function askOne(
  { session, capability, data }: CapabilityRun,
  agent: string,
  before: Outcome | undefined,
): Promise<Outcome> {
  if (session.io.interrupt().aborted) return { agent, error: notAsked };
  if (before && 'error' in before && exitCodeOf(before.error.code) === exitCodes.unreachable)
    return { agent, error: before.error };
  try {
    return { agent, result: await session.client.command(capability.type, { ...data, agent }) };
  } catch (error) {
    if (error instanceof MusherError) return { agent, error: wireOf(error) };
    if (session.io.interrupt().aborted) return { agent, error: brokenOff };
    throw error;
  }
}

const notAsked: WireError = {
  code: 'INTERRUPTED',
  message: 'It was not asked any more.',
  mend: 'Ask again.',
};
const brokenOff: WireError = {
  code: 'INTERRUPTED',
  message: 'It was asked, and the answer was not waited for.',
  mend: 'Look with `musher agent list`.',
};

async function lineOf({ session, capability }: CapabilityRun, outcome: Outcome): Promise<string> {
  if ('result' in outcome) {
    const told = { type: capability.type, result: outcome.result };
    return (await formatResult(told, session.view())).trimEnd();
  }
  const { message, mend, code } = outcome.error;
  const { red, dim } = session.view().style;
  const said = `Not ${outcome.agent}: ${message}`;
  return `${red(oneLine(said))} ${dim(`[${oneLine(code)}]`)} → ${oneLine(mend)}`;
}

function exitOf({ session }: CapabilityRun, outcomes: readonly Outcome[]): ExitCode {
  if (session.io.interrupt().aborted) return exitCodes.interrupted;
  const codes = outcomes.flatMap((one) => ('error' in one ? [exitCodeOf(one.error.code)] : []));
  if (codes.includes(exitCodes.unreachable)) return exitCodes.unreachable;
  return codes.length > 0 ? exitCodes.failed : exitCodes.ok;
}
