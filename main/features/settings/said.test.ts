// What is told of the files is held against those who read them.

import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import { clusterSettings } from '../cluster/settings.ts';
import { costSettings } from '../costs/settings.ts';
import { editorOf } from '../editor/index.ts';
import { gateSettings } from '../gates/settings.ts';
import { landingSettings } from '../landing/settings.ts';
import { pipelineSettings } from '../pipeline/settings.ts';
import { snapshotSettings } from '../snapshots/settings.ts';
import { boardSettings } from '../stories/board.ts';
import { watchSettings } from '../watchdog/settings.ts';
import { treeSettings } from '../worktrees/settings.ts';
import type { Values } from './ports.ts';
import { saidValues } from './said.ts';

const user = `
[limits]
turns = 7
[limits.profiles.codex]
cost_usd = 1
[snapshots]
every_minutes = 3
[pipeline]
max_agents = 1
[pipeline.profiles.claude]
max_agents = 9
[board.wip]
qa = 2
[costs.prices.m]
input = 1
output = 1
[[gates]]
name = "test"
command = ["own"]
`;
const repository = `
[limits]
turns = 8
cost_usd = 2
[limits.profiles.claude]
turns = 9
time_minutes = 4
[limits.profiles.codex]
cost_usd = 5
[snapshots]
every_minutes = 4
max_mb = 6
[pipeline]
max_agents = 2
retention = "2h"
without_gates = "merge"
[pipeline.profiles.claude]
max_agents = 8
[worktrees]
base = "dev"
[cluster]
mesh_peers = 1
[editor]
command = ["x", "{file}"]
[board.wip]
qa = 3
coding = 4
[costs.prices.m]
input = 2
output = 2
cache_read = 9
[[gates]]
name = "test"
command = ["shared"]
timeout = "9m"
[[gates]]
name = "lint"
command = ["lint"]
`;

const texts = { user, repository };
const origins = ['user', 'repository'] as const;
const values = saidValues(
  origins.map((origin) => ({ origin, path: origin, values: parse(texts[origin]) as Values })),
);
const configs = origins.map((origin) => ({
  ...{ path: origin, origin, config: configSchema.parse(parse(texts[origin])) },
}));

/** What counts of a key, as told. */
function told(key: string): unknown {
  return values.find((one) => one.key === key)?.said.find(({ not }) => not === undefined)?.value;
}

it('is what its consumers go by', () => {
  const claude = watchSettings(configs, 'claude').limits;
  expect(claude.turns).toBe(7);
  expect([told('limits.turns'), told('limits.profiles.claude.turns')]).toEqual([7, undefined]);
  expect([told('limits.profiles.claude.time_minutes'), claude.timeMs]).toEqual([4, 240_000]);
  expect(told('limits.profiles.codex.cost_usd')).toBe(
    watchSettings(configs, 'codex').limits.costUsd,
  );
  expect(told('limits.cost_usd')).toBe(claude.costUsd);
  const kept = snapshotSettings(configs);
  expect(Number(told('snapshots.every_minutes')) * 60_000).toBe(kept.everyMs);
  expect(Number(told('snapshots.max_mb')) * 1_000_000).toBe(kept.maxBytes);
  const pipeline = pipelineSettings(configs);
  expect(told('pipeline.max_agents')).toBe(pipeline.maxAgents);
  expect(told('pipeline.profiles.claude.max_agents')).toBe(pipeline.maxOf.claude);
  const landing = landingSettings(configs);
  expect([told('pipeline.retention'), landing.retentionMs]).toEqual(['2h', 7_200_000]);
  expect([told('pipeline.without_gates'), landing.mergesUngated]).toEqual([undefined, false]);
  expect([told('editor.command'), editorOf(configs)]).toEqual([undefined, undefined]);
  expect(told('worktrees.base')).toBe(treeSettings(configs).base);
  expect(told('cluster.mesh_peers')).toBe(clusterSettings(configs).meshPeers);
  const { wip } = boardSettings(configs);
  expect([told('board.wip.qa'), told('board.wip.coding')]).toEqual([wip.qa, wip.coding]);
});

it('of rows that are taken whole as well', () => {
  const { gates } = gateSettings({ files: [], configs, sha256: (text) => text });
  const test = gates.find(({ name }) => name === 'test');
  expect([told('gates.test.command'), told('gates.test.timeout')]).toEqual([['own'], undefined]);
  expect([test?.command, test?.timeoutMs]).toEqual([['own'], 600_000]);
  expect(told('gates.lint.command')).toEqual(['lint']);
  const [price] = costSettings(configs, () => 'UTC').prices;
  expect([told('costs.prices.m.input'), told('costs.prices.m.cache_read')]).toEqual([1, undefined]);
  expect([price?.input, price?.cacheRead]).toEqual([1, 1]);
});

it('says why something does not count', () => {
  const why = (key: string) =>
    values.find((one) => one.key === key)?.said.find(({ not }) => not !== undefined)?.not;
  expect([
    why('limits.turns'),
    why('limits.profiles.claude.turns'),
    why('gates.test.timeout'),
    why('editor.command'),
  ]).toEqual([
    'your own file says it',
    'your own file says limits.turns',
    'your own file has gates.test',
    'only your own file is asked for it',
  ]);
});
