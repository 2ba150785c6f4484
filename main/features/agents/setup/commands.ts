/**
 * The commands that config files have for worktrees. Those that the repository brings run once the operator has
 * confirmed them on this machine, all of them together. The config is read in the operator's own checkout, so nothing
 * that an agent writes in its worktree is ever read as one.
 */
import { agents as contract } from '../../../../preload/contract/agents.ts';
import type { CommandData, QueryResult } from '../../../../preload/contract/define.ts';
import { sayCommand } from '../../../../preload/contract/say-command.ts';
import { musherError, ok, refuse } from '../../../base/result.ts';
import { decided, handler, newEvent } from '../../../hub/feature.ts';
import type { AgentsPorts } from '../effects.ts';
import type { TreeCommands } from '../ports.ts';

type Ports = Pick<AgentsPorts, 'treeSettings' | 'confirmed' | 'worktrees'>;
type Shown = QueryResult<typeof contract, 'worktree.commands'>;
type Trust = CommandData<typeof contract, 'worktree.trust'>;

/** What the repository brings; its root is part of what is confirmed. */
function foreignOf({ treeSettings }: Pick<Ports, 'treeSettings'>) {
  const { setup, teardown } = treeSettings();
  const linesOf = (one?: TreeCommands) => (one?.isOfRepository ? copyOf(one) : []);
  return { setup: linesOf(setup), teardown: linesOf(teardown) };
}

function copyOf({ commands }: TreeCommands): string[][] {
  return commands.map((words) => [...words]);
}

/** What names them, where nobody has confirmed them; undefined where they may run. */
function unconfirmedHash(ports: Ports): string | undefined {
  const { setup, teardown } = foreignOf(ports);
  if (setup.length + teardown.length === 0) return undefined;
  const { confirmed, worktrees } = ports;
  const hash = confirmed.hashOf(JSON.stringify([worktrees.repository.root, setup, teardown]));
  return confirmed.has(hash) ? undefined : hash;
}

export function mayRun(ports: Ports, commands: TreeCommands): boolean {
  return !commands.isOfRepository || unconfirmedHash(ports) === undefined;
}

/** Throws COMMANDS_UNCONFIRMED. */
export function requireMayRun(ports: Ports, commands: TreeCommands): void {
  const hash = commands.isOfRepository ? unconfirmedHash(ports) : undefined;
  if (hash === undefined) return;
  const { setup, teardown } = foreignOf(ports);
  const said = [...setup, ...teardown].map(sayCommand).join('; ');
  throw musherError('COMMANDS_UNCONFIRMED', { commands: said, hash });
}

export function showCommands(ports: Ports): Shown {
  const { setup, teardown } = ports.treeSettings();
  const hash = unconfirmedHash(ports);
  return {
    setup: setup ? copyOf(setup) : [],
    teardown: teardown ? copyOf(teardown) : [],
    ...(hash !== undefined && { unconfirmed: { hash } }),
  };
}

/** What is noted in a worktree in which they have run. */
export function setupHash({ confirmed }: Pick<Ports, 'confirmed'>, setup: TreeCommands): string {
  return confirmed.hashOf(JSON.stringify(setup.commands));
}

/** Kept in the user's own data: a log that came with a copied repository confirms nothing. Safe to do again. */
export function trustHandler(ports: Ports) {
  return handler({
    prepare: async ({ hash }: Trust) => {
      if (unconfirmedHash(ports) !== hash && !ports.confirmed.has(hash))
        return refuse('COMMANDS_CHANGED');
      ports.confirmed.add(hash);
      return ok(foreignOf(ports));
    },
    decide: (_ctx: unknown, { hash }: Trust, facts: ReturnType<typeof foreignOf>) =>
      decided({}, [newEvent(contract, 'worktree.trusted', { hash, ...facts })]),
  });
}
