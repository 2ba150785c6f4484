/** `musher worktree repair` and `musher worktree prune`: what is shown is what is done, and what became of each is waited for. */
import type { WorktreeRow } from '../../preload/contract/worktree-commands.ts';
import type { WorktreeWork } from '../../preload/contract/worktree-work.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { requireAnswerer, requireYes } from './confirm.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatWork } from './format/worktrees.ts';
import { formatPrunePlan } from './format/prune-plan.ts';
import { noStyle, type View } from './format/view.ts';
import { poll } from './poll.ts';
import { toTarget } from './worktree-paths.ts';

/** Removing many gigabytes takes minutes; beyond this the rest is told by `musher worktree work`. */
const longestMs = 15 * 60_000;

export const repairConvenience: Convenience = {
  async run(run) {
    const { session, capability, data } = run;
    const { target } = data;
    const sent =
      typeof target === 'string' ? { ...data, target: toTarget(target, session.io) } : data;
    const result = await session.client.command(capability.type, sent);
    const { work } = await readResult('worktree.repair', result);
    if (work !== undefined) return untilEnd(run, work);
    await session.print(capability.type, result);
    return exitCodes.ok;
  },
};

export const pruneConvenience: Convenience = {
  checksEach: true,
  declare(command) {
    const [items] = command.registeredArguments;
    items?.argOptional();
    command.option('--dry-run', 'Only show what would go');
    command.option('--yes', 'Do not ask');
  },
  async run(run) {
    const { session, capability, options, words, data } = run;
    const command = capability.words.join(' ');
    if (options.dryRun === true) return showPlan(run);
    if (options.yes !== true) requireAnswerer(session, command);
    let items = words;
    if (options.yes !== true || words.length === 0) {
      const { rows, text } = await planOf(run, plainView(run));
      if (rows.length === 0 && words.length === 0) {
        await session.printEither({ items: [] }, () => text);
        return exitCodes.ok;
      }
      if (options.yes !== true && rows.length > 0)
        await requireYes(session, { command, warning: text });
      // Of what was named, something may be gone: the hub says of which.
      if (words.length === 0) items = rows.flatMap(({ pruneId }) => pruneId ?? []);
    }
    const result = await session.client.command(capability.type, { ...data, items });
    const { work } = await readResult('worktree.prune', result);
    return work === undefined ? exitCodes.ok : untilEnd(run, work);
  },
};

/** What is asked about is written where no colour is kept. */
function plainView({ session }: CapabilityRun): View {
  return { ...session.view(), style: noStyle };
}

async function showPlan(run: CapabilityRun): Promise<ExitCode> {
  const { rows, text } = await planOf(run, run.session.view());
  await run.session.printEither({ items: rows }, () => text);
  return exitCodes.ok;
}

/** What could go, with its sizes; of items that were named, those. */
async function planOf({ session, words }: CapabilityRun, view: View) {
  const { worktrees, target } = await readResult(
    'worktree.list',
    await session.client.query('worktree.list', { sizes: true }),
  );
  const isMeant = ({ pruneId }: WorktreeRow) =>
    pruneId !== undefined && (words.length === 0 || words.includes(pruneId));
  const rows = worktrees.filter(isMeant);
  return { rows, text: formatPrunePlan({ rows, all: worktrees, target }, view) };
}

async function untilEnd({ session }: CapabilityRun, work: string): Promise<ExitCode> {
  const ended = await poll<WorktreeWork>({
    session,
    type: 'worktree.work',
    data: { work },
    totalMs: longestMs,
    parse: (result) => readResult('worktree.work', result),
    isDone: ({ endedMs }) => endedMs !== undefined,
    isPatient: true,
  });
  await session.printEither(ended, () => formatWork(ended, session.view()));
  if (ended.endedMs === undefined) return exitCodes.timeOver;
  return ended.items.every(({ result }) => result?.outcome === 'done')
    ? exitCodes.ok
    : exitCodes.failed;
}
