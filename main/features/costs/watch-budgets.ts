/**
 * Looks at budgets: soon after costs were told, a budget was raised, or a file or an agent changed; and every half minute, because days
 * end. It keeps no truth: what is to be told is compared with what was, and who is to be stopped is whoever runs beyond a budget.
 */
import { reasonOf } from '../../base/result.ts';
import type { HubState, Life, SystemCommand } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import { selectAgents } from '../agents/index.ts';
import type { BudgetUse } from '../../../preload/contract/cost-report.ts';
import { budgetCommands, budgetUses } from './budgets.ts';
import { daysIn } from './days.ts';
import { isOpen, storyOf } from './decide.ts';
import type { CostsPorts } from './ports.ts';
import type { CostsState } from './slice.ts';
import { spentError } from './words.ts';

/** What is told in one go is looked at once. Milliseconds. */
const soonMs = 500;
const lookMs = 30_000;

export function watchBudgets(ports: CostsPorts, life: Life<CostsState>): void {
  let cancelSoon: (() => void) | undefined;
  let cancel = (): void => undefined;
  let looking = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(() => lookAt(ports, life))
      .catch((error: unknown) => {
        if (!life.signal.aborted)
          life.logger.warn({ error: reasonOf(error) }, 'budgets could not be looked at');
      });
  };
  const soon = (): void => {
    if (life.signal.aborted || isNothing(ports, life.state())) return;
    cancelSoon ??= life.clock.schedule(() => {
      cancelSoon = undefined;
      look();
    }, soonMs);
  };
  const again = (): void => {
    look();
    if (!life.signal.aborted) cancel = life.clock.schedule(again, lookMs);
  };
  watchState(life, soon);
  life.own(ports.onSettings(soon));
  life.own(() => cancel());
  life.own(() => cancelSoon?.());
  cancel = life.clock.schedule(again, lookMs);
  soon();
}

/** Most projects have no budget. */
function isNothing({ settings }: CostsPorts, { budgets }: CostsState): boolean {
  return budgets.size === 0 && settings().budgets.length === 0;
}

/** Agents too: one that starts beyond a budget is stopped again. */
function watchState(life: Life<CostsState>, soon: () => void): void {
  let known: CostsState = life.state();
  let agents = selectAgents(life.hub());
  life.onTopics(() => {
    const before = [known, agents] as const;
    known = life.state();
    agents = selectAgents(life.hub());
    if (before[0] !== known || before[1] !== agents) soon();
  });
}

async function lookAt({ settings }: CostsPorts, life: Life<CostsState>): Promise<void> {
  if (life.signal.aborted) return;
  const said = settings();
  const uses = budgetUses({
    ...{ state: life.state(), settings: said, nowMs: life.clock.now() },
    ...{ dayOf: daysIn(said.zone), isOpenStory: isOpen(life.hub()) },
  });
  const commands = [...budgetCommands(life.state(), uses), ...stops(life.hub(), uses)];
  for (const command of commands) await ask(life, command);
}

/** Whoever runs beyond a budget that stops. */
export function stops(hub: HubState, uses: readonly BudgetUse[]): SystemCommand[] {
  const spent = uses.filter((use) => use.stops && use.is.includes('spent'));
  if (spent.length === 0) return [];
  const running = selectAgents(hub)
    .byId.values()
    .filter(({ state, paused }) => state === 'running' && paused === undefined);
  return running.flatMap((agent) => {
    const use = spent.find((one) => isAbout(hub, one, agent));
    if (use === undefined) return [];
    const { id, session } = agent;
    return [{ type: 'agent.stop_for', data: { agent: id, session, error: spentError(id, use) } }];
  });
}

function isAbout(hub: HubState, { budget }: BudgetUse, { id, profile }: Agent): boolean {
  const [scope, name] = budget.split('/');
  if (scope === 'profile') return profile === name;
  return scope === 'day' || storyOf(hub, id) === name;
}

/** One that is refused says nothing of the others. */
async function ask(life: Life<CostsState>, command: SystemCommand): Promise<void> {
  try {
    await life.system(command);
  } catch (error) {
    if (life.signal.aborted) return;
    life.logger.warn({ command: command.type, error: reasonOf(error) }, 'a budget was refused');
  }
}
