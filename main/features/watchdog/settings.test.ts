import { expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import type { GoodConfig } from '../settings/index.ts';
import { fileLimits, watchSettings } from './settings.ts';

function file(origin: GoodConfig['origin'], config: object): GoodConfig {
  return { path: `/${origin}/config.toml`, origin, config: configSchema.parse(config) };
}

const user = file('user', {
  limits: { turns: 10, profiles: { claude: { cost_usd: 2 } } },
  watchdog: { profiles: { claude: { kick: 'always' } } },
});
const repository = file('repository', {
  limits: { turns: 99, time_minutes: 120, profiles: { claude: { turns: 50, cost_usd: 9 } } },
  watchdog: { kick: 'never', nudge_compact: true },
});

it.each([
  [[], 'claude', {}, 'after-crash', false],
  [[user], 'claude', { turns: 10, costUsd: 2 }, 'always', false],
  [[user, repository], 'claude', { turns: 10, costUsd: 2, timeMs: 7_200_000 }, 'always', true],
  [[user, repository], 'shell', { turns: 10, timeMs: 7_200_000 }, 'never', true],
  [[repository], 'claude', { turns: 50, costUsd: 9, timeMs: 7_200_000 }, 'never', true],
] as const)(
  '%#: the first that says a thing counts',
  (...[configs, profile, limits, kick, nudges]) => {
    const found = watchSettings(configs, profile);
    expect(JSON.parse(JSON.stringify(found))).toEqual({ limits, kick, nudgesCompact: nudges });
  },
);

it('says where each limit stands, as it is written there', () => {
  const from = ({ path, origin }: GoodConfig) => ({ path, origin });
  expect(fileLimits([user, repository], 'claude')).toEqual({
    turns: { of: 10, ...from(user), key: 'limits.turns' },
    costUsd: { of: 2, ...from(user), key: 'limits.profiles.claude.cost_usd' },
    timeMs: { of: 7_200_000, ...from(repository), key: 'limits.time_minutes' },
  });
  expect(fileLimits([], 'claude')).toEqual({});
});
