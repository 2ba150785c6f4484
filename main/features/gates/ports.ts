/** What gates need from outside: merge results and clean checkouts of them, terminals, programs, and what config files say. */
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { GateDefinition } from '../../../preload/contract/gates.ts';
import type { AgentsPorts } from '../agents/index.ts';
import type { Review } from '../approvals/index.ts';
import type { Terminals } from '../terminals/index.ts';

/** What terminals of gates are called before the gate's name. No agent can be called so. */
export const gateOwnerPrefix = 'gate--';

export function isGateTerminal(terminalId: string): boolean {
  return terminalId.startsWith(gateOwnerPrefix);
}

/** What is merged, compared to where the target was. */
export interface ResultFacts {
  readonly tree: string;
  /** All that the merge changes. Untrusted names. */
  readonly files: readonly string[];
  /** It changes what `.musher/config.toml` says of gates. */
  readonly changesGates: boolean;
}

export interface MergePlan extends ResultFacts {
  /** The whole id of what was asked for. */
  readonly commit: string;
  readonly result: string;
  /** Where the target was. */
  readonly from: string;
}

export interface GateTrees {
  /**
   * What merging `commit` into `target` would lead to now, made of objects alone. Throws COMMIT_UNKNOWN, COMMIT_UNRELATED, TARGET_UNKNOWN,
   * MERGE_CONFLICTED; of a range RANGE_CONFLICTED, RANGE_UNFIT, COMMIT_EMPTY.
   */
  plan(ask: {
    commit: string;
    target: string;
    /** Where only a range of its branch is asked for. */
    range?: Pick<Pin, 'base' | 'fork'> | undefined;
    signal?: AbortSignal;
  }): Promise<MergePlan>;
  look(ask: { commit: string; from: string; signal?: AbortSignal }): Promise<ResultFacts>;
  /**
   * A folder that holds exactly the files of `commit`, and what `.worktreeinclude` brings along; nothing of what ran there before. Each slot
   * has one folder: call it for one run at a time.
   */
  checkOut(ask: { slot: number; commit: string; signal?: AbortSignal }): Promise<string>;
}

/** A gate with all that its runs need. */
export interface Gate extends GateDefinition {
  /** Over what is run, as a SHA-256: by it results are told apart. */
  readonly hash: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface GateSettings {
  /** Required ones first. */
  readonly gates: readonly Gate[];
  readonly when: 'on-request' | 'on-approve';
  readonly parallel: number;
  /** A config file that was never good: what it requires is not known. */
  readonly unreadable?: string | undefined;
}

export interface GatesPorts {
  readonly gateTrees: GateTrees;
  readonly review: Pick<Review, 'examine'>;
  readonly worktrees: Pick<AgentsPorts['worktrees'], 'defaultBase'>;
  readonly programs: Pick<AgentsPorts['programs'], 'find' | 'baseEnv'>;
  /** Those of gates alone. */
  readonly gateTerminals: Pick<Terminals, 'open' | 'end' | 'list' | 'ended' | 'onExit' | 'forget'>;
  /** What a terminal shows last, running or not, secrets hidden; none where nothing is left of it. Never throws. */
  readonly lastLines: (terminalId: string) => Promise<readonly string[]>;
  readonly settings: () => GateSettings;
  /** Told after each change of what config files say; returns the undo. */
  readonly onSettings: (listener: () => void) => () => void;
}

/** What one gate came to, for GATES_FAILED. */
export interface UnmetGate {
  readonly gate: string;
  readonly state: string;
  readonly exitCode?: number | null | undefined;
  readonly error?: WireError | undefined;
}
