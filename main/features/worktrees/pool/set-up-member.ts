/** Runs the config's setup in a worktree that stands ready, before any agent is there: without name, token and ports of one. */
import type { PoolMemberRecord } from '../../../../preload/contract/worktree-pool.ts';
import { sayCommand } from '../../../../preload/contract/say-command.ts';
import { musherError } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { type AgentsPorts, mayRun, runCommands, setupHash, treeEnv } from '../../agents/index.ts';
import type { Pool } from '../ports.ts';

export type SetUpPorts = Pick<
  AgentsPorts,
  'runs' | 'programs' | 'worktrees' | 'treeSettings' | 'confirmed'
> & { readonly pool: Pool };

/** Terminals of one worktree in one moment; the config has no more commands. */
const mostCommands = 32;

/** What is to run, and what is noted then. Undefined where nothing is, or nobody has confirmed it. */
export function wishedSetup(ports: SetUpPorts) {
  const { setup } = ports.treeSettings();
  if (setup === undefined || !mayRun(ports, setup)) return undefined;
  return { ...setup, as: setupHash(ports, setup) };
}

interface MemberAsk {
  readonly path: string;
  onStep(step: Pick<PoolMemberRecord, 'state' | 'command' | 'terminalId'>): void;
}

/** Throws SETUP_FAILED; it is not ready then. */
export async function setUpMember(
  ports: SetUpPorts,
  { path, onStep }: MemberAsk,
  { clock, signal }: Life<unknown>,
): Promise<void> {
  const setup = wishedSetup(ports);
  if (setup !== undefined) {
    const { commands, timeoutMs } = setup;
    const name = path.split(/[/\\]/).at(-1) ?? '';
    const at = clock.now() * mostCommands;
    const idOf = (index: number) => `${name}~setup.${at + index}`;
    const end = await runCommands(ports, {
      ...{ commands, timeoutMs, cwd: path, idOf, signal },
      env: async () => ({ ...ports.programs.baseEnv, ...treeEnv(ports, path) }),
      async onStep(index) {
        const command = sayCommand(commands[index] ?? []);
        onStep({ state: 'setting up', command, terminalId: idOf(index) });
      },
    });
    if (end.how === 'cut') throw musherError('CHORE_OVER', { agent: name });
    if (end.how === 'failed') {
      const { command, reason } = end;
      throw musherError('SETUP_FAILED', { agent: name, command, reason });
    }
  }
  await ports.pool.finish(path, setup?.as);
}
