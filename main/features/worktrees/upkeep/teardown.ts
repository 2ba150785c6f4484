/** The config's teardown commands, for a worktree that no agent has: run to their end, or to the first that fails. */
import { musherError } from '../../../base/result.ts';
import type { EffectContext } from '../../../hub/feature.ts';
import {
  type AgentsPorts,
  mayRun,
  requireMayRun,
  runCommands,
  treeEnv,
} from '../../agents/index.ts';

export type TeardownPorts = Pick<
  AgentsPorts,
  'runs' | 'programs' | 'worktrees' | 'treeSettings' | 'confirmed'
>;

/** Terminals of one effect; the config has no more commands. */
const mostCommands = 32;

/** Throws TEARDOWN_FAILED and COMMANDS_UNCONFIRMED, and neither where it is forced. */
export async function tearDown(
  ports: TeardownPorts,
  { path, name, force }: { path: string; name: string; force: boolean },
  { effectId, signal }: Pick<EffectContext, 'effectId' | 'signal'>,
): Promise<void> {
  const { teardown } = ports.treeSettings();
  if (teardown === undefined || (force && !mayRun(ports, teardown))) return;
  requireMayRun(ports, teardown);
  const place = Number(effectId.replace(/\D+/g, ''));
  const end = await runCommands(ports, {
    ...{ commands: teardown.commands, timeoutMs: teardown.timeoutMs, cwd: path, signal },
    // Found again by it when the effect comes again.
    idOf: (index) => `${name}~prune.${place * mostCommands + index}`,
    env: async () => ({ ...ports.programs.baseEnv, ...treeEnv(ports, path) }),
  });
  if (end.how !== 'failed' || force) return;
  const { command, reason } = end;
  throw musherError('TEARDOWN_FAILED', { agent: name, command, reason });
}
