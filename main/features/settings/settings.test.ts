import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { configKeys } from './config-keys.ts';

it('every key says what it does, and its default', () => {
  const keys = configKeys();
  expect(keys.map(({ key }) => key)).toContain('profiles.<name>.resume_args');
  for (const { key, type, help, default: standard } of keys) {
    expect({ key, type, help }).toMatchObject({ type: expect.stringMatching(/./), help: /.{10}/ });
    expect(help).not.toContain('Default');
    if (/\.(args|env|wakeable|title|resume_args)$/.test(key)) expect(standard).toMatch(/./);
  }
  const about = (key: string) => keys.find((one) => one.key === key);
  expect(about('limits.turns')).toMatchObject({
    ...{ kind: 'number', unit: 'turns', default: 'none', min: 1, max: 100_000 },
    applies: 'at-once',
  });
  expect(about('pipeline.without_gates')).toMatchObject({
    ...{ kind: 'choice', choices: ['ask', 'merge'], default: 'ask', ownOnly: true },
  });
  expect(about('gates.<name>.command')).toMatchObject({ kind: 'texts', isRequired: true });
  expect(about('profiles.<name>.env')).toMatchObject({ kind: 'pairs', applies: 'next-agent' });
});

it('pages are told of a file that turns bad and good again', async () => {
  const played = world();
  const file = { path: '/r/.musher/config.toml', origin: 'repository', problems: [] } as const;
  played.outside.configFiles = [{ ...file, state: 'good', problems: [] }];
  const box = await openBox({ features: played.features });
  const state = () => box.hub.live('configFile').get(file.path);
  expect(state()).toMatchObject({ state: 'good' });
  const problems = [{ line: 3, key: 'profile', message: 'did you mean "profiles"?' }];
  played.outside.configFiles = [{ ...file, state: 'bad', problems }];
  played.outside.tellConfig();
  expect(state()).toMatchObject({ state: 'bad', problems });
  expect(box.logged).toContainEqual(expect.objectContaining({ level: 'warn' }));
  played.outside.configFiles = [{ ...file, state: 'good', problems: [] }];
  played.outside.tellConfig();
  expect(state()).toMatchObject({ state: 'good' });
});
