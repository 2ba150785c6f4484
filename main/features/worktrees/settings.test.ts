import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { configSchema } from '../../../preload/contract/config.ts';
import type { GoodConfig } from '../settings/index.ts';
import { treeSettings } from './settings.ts';

const file = (worktrees: object): GoodConfig => ({
  ...{ path: 'config.toml', origin: 'repository' },
  config: configSchema.parse({ worktrees }),
});

it('the first file that says a thing counts', () => {
  expect(treeSettings([])).toEqual({ fetches: false, rebases: false });
  const files = [file({ fetch: false }), file({ base: 'next', fetch: true, rebase: 'clean' })];
  expect(treeSettings(files)).toEqual({ base: 'next', fetches: false, rebases: true });
});

it.each([
  ['nothing is said', {}, {}, []],
  ['it is asked for', {}, { fetch: true }, ['fetch next']],
  ['the config says so', { fetch: true }, {}, ['fetch next']],
  ['a base is named', { fetch: true }, { base: 'main' }, []],
  ['a base is named and it is asked for', {}, { base: 'main', fetch: true }, ['fetch main']],
])('where %s, the base is fetched or not, and the branch starts there', async (...row) => {
  const [, worktrees, wishes, fetched] = row;
  const { outside, features } = world();
  outside.configs = [file({ base: 'next', ...worktrees }).config];
  const box = await openBox({ features });
  await box.dispatch('agent.add', { name: 'a', start: false, ...wishes });
  expect(outside.done.filter((deed) => deed.startsWith('fetch'))).toEqual(fetched);
  expect(outside.startedAt).toEqual(fetched.length > 0 ? [hex('f')] : []);
  expect(await box.ask('repository.get')).toMatchObject({ defaultBase: 'next' });
});
