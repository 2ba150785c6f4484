/**
 * What config files say of delegation. A repository's own file comes with every pull, and agents write in it: its rules can only
 * ask, and go first. What approves stands in the operator's own file alone. Pure.
 */
import type { DelegateRule } from '../../../../preload/contract/delegate-config.ts';
import type { ConfigFile } from '../../../../preload/contract/settings.ts';
import type { GoodConfig } from '../../settings/index.ts';

export interface Rule {
  readonly name: string;
  readonly action: 'approve' | 'ask';
  readonly origin: GoodConfig['origin'];
  readonly paths: readonly string[];
  readonly except: readonly string[];
  readonly agents: readonly string[];
  readonly targets: readonly string[];
  readonly maxFiles?: number | undefined;
  readonly maxLines?: number | undefined;
  readonly maxPerHour: number;
  readonly updateCheckout: boolean;
}

export interface Delegation {
  /** In the order in which they are looked at; the first that fits counts. */
  readonly rules: readonly Rule[];
  /** A config file that was never good: what it wants asked is not known. */
  readonly unreadable?: string | undefined;
}

const perHour = 20;

export function delegationOf(
  configs: readonly GoodConfig[],
  files: ReadonlyArray<Pick<ConfigFile, 'path' | 'state'>>,
): Delegation {
  const of = (wanted: GoodConfig['origin']) =>
    configs
      .filter(({ origin }) => origin === wanted)
      .flatMap(({ config }) => (config.review.delegate ?? []).map((one) => toRule(one, wanted)));
  // One that approves makes the repository's file bad; that it counts for nothing stands here as well.
  const asking = of('repository').filter(({ action }) => action === 'ask');
  const unreadable = files.find(
    ({ path, state }) => state === 'bad' && !configs.some((good) => good.path === path),
  );
  return { rules: [...asking, ...of('user')], unreadable: unreadable?.path };
}

function toRule(config: DelegateRule, origin: GoodConfig['origin']): Rule {
  const { max_files: maxFiles, max_lines: maxLines, max_per_hour: maxPerHour = perHour } = config;
  const { name, action, paths, except, agents, targets, update_checkout: updates } = config;
  return {
    ...{ name, action, origin, paths, except, agents, targets },
    ...{ maxFiles, maxLines, maxPerHour, updateCheckout: updates ?? false },
  };
}
