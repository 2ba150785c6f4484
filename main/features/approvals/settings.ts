/** What config files say of merges. The first file that says a thing counts: the user's own. Pure. */
import type { GoodConfig } from '../settings/index.ts';
import type { ReviewSettings } from './ports.ts';

export function reviewSettings(files: readonly GoodConfig[]): ReviewSettings {
  const strategy = files
    .map(({ config }) => config.review.strategy)
    .find((one) => one !== undefined);
  const push = files.map(({ config }) => config.review.push).find((one) => one !== undefined);
  const expireDays = files
    .map(({ config }) => config.review.expire_days)
    .find((one) => one !== undefined);
  return { strategy: strategy ?? 'merge', push, expireDays };
}
