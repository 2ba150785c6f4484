/** What config files say of merges. The first file that says a thing counts: the user's own. Pure. */
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { GoodConfig } from '../settings/index.ts';
import { delegationOf } from './delegation/settings.ts';
import type { ReviewSettings } from './ports.ts';

export function reviewSettings(
  configs: readonly GoodConfig[],
  files: readonly ConfigFile[],
): ReviewSettings {
  const strategy = configs
    .map(({ config }) => config.review.strategy)
    .find((one) => one !== undefined);
  const push = configs.map(({ config }) => config.review.push).find((one) => one !== undefined);
  const expireDays = configs
    .map(({ config }) => config.review.expire_days)
    .find((one) => one !== undefined);
  const delegation = delegationOf(configs, files);
  // A repository's file comes with every pull: it moves nobody's files.
  const storyCheckout = configs.some(
    ({ origin, config }) => origin === 'user' && config.pipeline.update_checkout === true,
  );
  return { strategy: strategy ?? 'merge', push, expireDays, delegation, storyCheckout };
}
