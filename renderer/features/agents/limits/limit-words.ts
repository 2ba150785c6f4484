/** What a limit is, how far it is used, and what comes of it, in words. Pure. */
import type { Use } from '../../../../preload/contract/watchdog.ts';
import type { LimitKind } from '../../../../preload/contract/limits.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { amountOf, notTold } from '../watch-words.ts';
import type { Read } from './limits-form.ts';

export const limitTitles: Readonly<Record<LimitKind, string>> = {
  turns: 'Turns',
  costUsd: 'Cost, in US dollars',
  timeMs: 'Time its program runs, like 90m or 1h 30m',
};

/** What an empty field comes to, and which file says so. */
export function filesWords({ kind, config }: Use): string {
  if (config === undefined) return 'Empty: no limit, as no config file says one.';
  const file = config.origin === 'user' ? 'your own config.toml' : '.musher/config.toml';
  const [, profile] = /^limits\.profiles\.(.+)\.\w+$/.exec(config.key) ?? [];
  const ofWhom = profile === undefined ? '' : ` for ${toPlainLine(profile)}`;
  return `Empty: ${amountOf(kind, config.of)}, as ${file} says${ofWhom}.`;
}

/** `Used in this run: 12`. */
export function usedWords({ kind, used }: Use, isRunning: boolean): string {
  const run = isRunning ? 'this run' : 'its last run';
  return `Used in ${run}: ${used === undefined ? notTold : amountOf(kind, used)}`;
}

interface Typed {
  readonly use: Use;
  readonly read: Read;
  /** Its CLI. */
  readonly profile: string;
  /** It runs, and is not held. */
  readonly isStoppable: boolean;
}

/** What is to be known of a limit before it is set; undefined where it does what one expects. */
export function warnOf({ use, read, profile, isStoppable }: Typed): string | undefined {
  if ('problem' in read || read.wish === 'none') return undefined;
  const of = read.wish === 'config' ? use.config?.of : read.wish;
  if (of === undefined) return undefined;
  if (use.used === undefined)
    return profile === 'claude'
      ? 'It tells its cost from its next start on; this counts from then.'
      : 'Nothing is stopped by this: this CLI does not tell its cost.';
  if (!isStoppable || use.used < of) return undefined;
  return `It has used ${amountOf(use.kind, use.used)} already: it is stopped within half a minute.`;
}

/** What a start by the operator comes to, of one that was stopped at this limit. */
export function grantWords(kind: LimitKind, of: number | undefined): string {
  if (of === undefined) return 'It has no such limit now: started again, it goes on without one.';
  const more = kind === 'turns' ? `${amountOf(kind, of)} turns` : amountOf(kind, of);
  return `Started again, it counts from zero and may use ${more} more.`;
}
