/** What config files say of costs. The first file that says a thing counts: the user's own. Pure. */
import type { GoodConfig } from '../settings/index.ts';
import type { BudgetLimit, CostSettings, PriceRule } from './ports.ts';

/** `machineZone` is asked when the zone is: the first time loads all that Node knows of zones. */
export function costSettings(
  files: readonly GoodConfig[],
  machineZone: () => string,
): CostSettings {
  const first = <T>(of: (config: GoodConfig['config']['costs']) => T | undefined): T | undefined =>
    files.map(({ config }) => of(config.costs)).find((one) => one !== undefined);
  const zone = first(({ time_zone: said }) => said);
  return {
    prices: files.flatMap(rulesOf),
    budgets: budgetsOf(files),
    warnAt: first(({ budgets }) => budgets.warn_at) ?? 0.8,
    stops: first(({ budgets }) => budgets.stop) ?? true,
    get zone() {
      return zone ?? machineZone();
    },
    path: files.find(({ origin }) => origin === 'user')?.path,
  };
}

function rulesOf({ path, config }: GoodConfig): PriceRule[] {
  return Object.entries(config.costs.prices).map(([pattern, price]) => ({
    ...{ pattern, path, input: price.input, output: price.output },
    cacheRead: price.cache_read ?? price.input,
    cacheWrite: price.cache_write ?? price.input,
  }));
}

const keys = [
  ['day', 'usd'],
  ['day', 'tokens'],
  ['story', 'usd'],
  ['story', 'tokens'],
] as const;

function budgetsOf(files: readonly GoodConfig[]): BudgetLimit[] {
  const all = files.flatMap(({ path, config }): BudgetLimit[] => {
    const { profiles, ...budgets } = config.costs.budgets;
    const general = keys.flatMap(([scope, unit]) => {
      const of = budgets[`${scope}_${unit}`];
      const key = `costs.budgets.${scope}_${unit}`;
      return of === undefined ? [] : [{ scope, unit, of, path, key }];
    });
    const each = Object.entries(profiles).flatMap(([profile, budget]) =>
      (['usd', 'tokens'] as const).flatMap((unit) => {
        const of = budget[`day_${unit}`];
        const key = `costs.budgets.profiles.${profile}.day_${unit}`;
        return of === undefined
          ? []
          : [{ scope: 'profile' as const, profile, unit, of, path, key }];
      }),
    );
    return [...general, ...each];
  });
  return all.filter((one, at) => all.findIndex(({ key }) => key === one.key) === at);
}
