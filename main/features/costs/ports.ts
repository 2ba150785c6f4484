/** What costs need from outside: what the config files say, and where this machine is. */
import type { BudgetRef } from '../../../preload/contract/cost-records.ts';

export interface PriceRule {
  readonly pattern: string;
  readonly path: string;
  /** US dollars for a million. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** One amount that a file allows. */
export interface BudgetLimit {
  /** `day`, `profile`: of that profile; `story`: of each. */
  readonly scope: 'day' | 'profile' | 'story';
  readonly profile?: string | undefined;
  readonly unit: BudgetRef['unit'];
  readonly of: number;
  readonly path: string;
  readonly key: string;
}

export interface CostSettings {
  /** Of the files that are good. */
  readonly prices: readonly PriceRule[];
  readonly budgets: readonly BudgetLimit[];
  readonly warnAt: number;
  readonly stops: boolean;
  /** IANA. */
  readonly zone: string;
  /** The user's own config file. */
  readonly path?: string | undefined;
}

export interface CostsPorts {
  readonly settings: () => CostSettings;
  /** Tells that they may have changed. */
  readonly onSettings: (listener: () => void) => () => void;
}
