// What merges lead to, and terminals of gates, played in memory.

import { shortHash } from '../../main/base/short-hash.ts';
import type { GatesPorts, GateTrees, MergePlan } from '../../main/features/gates/ports.ts';
import { isGateTerminal } from '../../main/features/gates/ports.ts';
import type { TerminalExit, Terminals } from '../../main/features/terminals/ports.ts';

/** A commit leads to a tree of its own; `at` says where the target is, and with it every result moves. */
export class PlayedGates implements GateTrees {
  at = 'f'.repeat(40);
  files: readonly string[] = ['src/a.ts'];
  changesGates = false;
  lines: readonly string[] = ['1 passed'];
  /** Throws to make that fail. */
  before: (deed: string) => void | Promise<void> = () => undefined;

  async plan({ commit }: { commit: string }): Promise<MergePlan> {
    await this.before(`plan ${commit.slice(0, 4)}`);
    const result = this.resultOf(commit);
    return { ...(await this.look({ commit: result })), commit, result, from: this.at };
  }

  async look({ commit }: { commit: string }) {
    const { files, changesGates } = this;
    return { tree: commit.slice(0, 20).repeat(2), files, changesGates };
  }

  async checkOut({ slot, commit }: { slot: number; commit: string }): Promise<string> {
    await this.before(`check out ${commit.slice(0, 4)}`);
    return `/r.worktrees/.gates/${slot}`;
  }

  /** What merging it comes to. */
  resultOf(commit: string): string {
    return commit.slice(0, 10) + this.at.slice(0, 10) + commit.slice(20);
  }
}

type Half = Pick<Terminals, 'list' | 'ended' | 'lastOutputs' | 'onExit'>;

/** Those of agents, or those of gates, as the product tells them apart. */
export function halfOf<T extends Half>(terminals: T, of: 'agents' | 'gates'): T {
  const isOwn = ({ id }: { id: string }) => isGateTerminal(id) === (of === 'gates');
  return {
    ...terminals,
    list: async () => (await terminals.list()).filter(isOwn),
    ended: async () => (await terminals.ended()).filter(isOwn),
    lastOutputs: async () => (await terminals.lastOutputs()).filter(isOwn),
    onExit: (listener: (exit: TerminalExit) => void) =>
      terminals.onExit((exit) => isOwn(exit) && listener(exit)),
  };
}

export function playedGates(
  gates: PlayedGates,
  terminals: Half & Pick<Terminals, 'open' | 'end'>,
): Pick<GatesPorts, 'gateTrees' | 'gateTerminals' | 'lastLines'> & {
  sha256: (text: string) => string;
} {
  return {
    gateTrees: gates,
    gateTerminals: { ...halfOf(terminals, 'gates'), forget: async () => undefined },
    lastLines: async () => gates.lines,
    sha256: shortHash,
  };
}
