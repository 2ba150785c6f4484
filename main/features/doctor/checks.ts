/** Every check, in the order in which one thing needs the other. A new one is a row here, a look in ports.ts and a judgement. */
import type { CheckState } from '../../../preload/contract/doctor.ts';
import {
  judgeDisks,
  judgeHost,
  judgeNotices,
  judgePlaces,
  judgePort,
  judgeTime,
  judgeWatches,
} from './judge-machine.ts';
import { type CliRow, judgeClis, judgeGit, judgeRuntime, judgeShell } from './judge-programs.ts';
import {
  judgeConfig,
  judgeLeftovers,
  judgeLog,
  judgeRepository,
  judgeTrees,
} from './judge-repository.ts';
import type { Known, Machine } from './ports.ts';
import type { Verdict } from './verdict.ts';

interface Look {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly known?: Known;
}

export interface Check {
  readonly id: string;
  readonly title: string;
  look(ask: Look): Promise<Verdict | readonly CliRow[]>;
  /** Milliseconds; default 8 s. */
  readonly boundMs?: number;
  /** What a look that fails means. Left out: that it is not known. */
  readonly failure?: CheckState;
}

/** Each CLI is started to say its version, a few at a time. */
const cliBoundMs = 25_000;

export const checks: readonly Check[] = [
  {
    id: 'node',
    title: 'Node',
    look: async ({ machine }) => judgeRuntime(machine.runtime()),
  },
  {
    id: 'git',
    title: 'git',
    look: async ({ machine, signal }) => judgeGit(await machine.git(signal)),
  },
  {
    id: 'repository',
    title: 'Repository',
    failure: 'problem',
    look: async ({ machine, signal }) => judgeRepository(await machine.repository(signal)),
  },
  {
    id: 'worktrees',
    title: 'Worktrees',
    look: async ({ machine, signal, known }) =>
      judgeTrees(await machine.trees({ near: nearOf(known), signal })),
  },
  {
    id: 'cli',
    title: 'Coding CLIs',
    boundMs: cliBoundMs,
    look: async ({ machine, signal, known }) => judgeClis(await machine.clis(signal), known),
  },
  {
    id: 'shell',
    title: 'Shell environment',
    look: async ({ machine, signal }) => judgeShell(await machine.shell(signal)),
  },
  {
    id: 'port',
    title: 'Port',
    look: async ({ machine, signal }) => judgePort(await machine.port(signal)),
  },
  {
    id: 'disk',
    title: 'Free space',
    look: async ({ machine, signal }) => judgeDisks(await machine.disks(signal)),
  },
  {
    id: 'permissions',
    title: 'Permissions',
    look: async ({ machine, signal }) => judgePlaces(await machine.places(signal)),
  },
  {
    id: 'watches',
    title: 'File watching',
    look: async ({ machine, signal, known }) => judgeWatches(await machine.watches(signal), known),
  },
  {
    id: 'config',
    title: 'Configuration',
    look: async ({ machine, signal }) => judgeConfig(await machine.config(signal)),
  },
  {
    id: 'log',
    title: 'Log',
    look: async ({ machine, signal }) => judgeLog(await machine.log(signal)),
  },
  {
    id: 'terminal-host',
    title: 'Terminal host',
    look: async ({ machine, signal }) => judgeHost(await machine.terminalHost(signal)),
  },
  {
    id: 'clock',
    title: 'Clock',
    look: async ({ machine, signal }) => judgeTime(await machine.time(signal)),
  },
  {
    id: 'notifications',
    title: 'Notifications',
    look: async ({ machine, signal }) => judgeNotices(await machine.notices(signal)),
  },
  {
    id: 'leftovers',
    title: 'Leftovers',
    look: async ({ machine, signal, known }) => {
      const [left, trees] = await Promise.all([
        machine.leftovers(signal),
        machine.trees({ near: nearOf(known), signal }),
      ]);
      return judgeLeftovers({ ...left, ...trees }, known);
    },
  },
];

function nearOf(known: Known | undefined): readonly string[] {
  return (known?.agents ?? []).flatMap(({ path }) => path ?? []);
}
