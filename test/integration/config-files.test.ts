// Config files on a real disk: read, checked, watched; and what a repository's own may not do by itself.

import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnedConfigFiles } from '../../main/adapters/config/config-files.ts';
import { openConfigFiles } from '../../main/adapters/config/config-files.ts';
import { createConfirmations } from '../../main/adapters/confirmations.ts';
import { openUserData } from '../../main/adapters/user-data.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { ProfileRow } from '../../preload/contract/profiles.ts';
import type { Serving } from '../harness/serve.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let home: string;
let files: OwnedConfigFiles | undefined;

const root = () => join(home, 'repo');
const shared = () => join(root(), '.musher', 'config.toml');
const own = () => join(home, 'data', 'config.toml');

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'musher-config-'));
  await mkdir(root());
});
afterEach(async () => {
  await files?.dispose();
  await rm(home, { recursive: true, force: true });
});

async function open(): Promise<OwnedConfigFiles> {
  const userFolder = join(home, 'data');
  files = await openConfigFiles({
    root: root(),
    userFolder,
    reserved: ['claude'],
    log: silentLogger,
  });
  return files;
}

const profile = (name: string, program: string) => `[profiles.${name}]\nprogram = "${program}"\n`;

async function share(text: string): Promise<void> {
  await mkdir(join(root(), '.musher'), { recursive: true });
  await writeFile(shared(), text);
}

const programs = () =>
  (files?.profiles() ?? []).map(({ name, config }) => `${name}=${config.program}`);
const untilPrograms = (...wanted: string[]) =>
  waitFor(
    `the profiles ${wanted}`,
    () => programs().join() === wanted.join() || programs().join(' '),
  );

describe('a config file', () => {
  it('that is not there says nothing, and is heard of when it comes, changes and goes', async () => {
    await open();
    expect(files?.files().map(({ state }) => state)).toEqual(['absent', 'absent']);
    await share(profile('a', 'one'));
    await untilPrograms('a=one');
    // As editors do: beside it, and renamed over it.
    await writeFile(`${shared()}.part`, profile('a', 'two'));
    await rename(`${shared()}.part`, shared());
    await untilPrograms('a=two');
    await rm(join(root(), '.musher'), { recursive: true });
    await untilPrograms();
  });

  it('that is bad keeps the last good one, and says the line and the nearest key', async () => {
    await share(profile('a', 'one'));
    await open();
    let told = 0;
    files?.onChange(() => (told += 1));
    await share('\n[profiles.a]\nprogam = "two"\n');
    await waitFor('the problem', () => files?.files()[1]?.state === 'bad');
    expect(programs()).toEqual(['a=one']);
    expect(files?.files()[1]?.problems).toContainEqual({
      ...{ line: 3, key: 'profiles.a.progam' },
      message: 'there is no key "progam"; did you mean "program"?',
    });
    expect(told).toBeGreaterThan(0);
    await share(profile('a', 'three'));
    await untilPrograms('a=three');
    expect(files?.files()[1]).toMatchObject({ state: 'good', problems: [] });
  });

  it.each([
    ['no TOML', 'a = [1, ', { line: 1 }],
    ['a key twice', 'a = 1\na = 2\n', { line: 2 }],
    [
      'too large',
      `# ${'x'.repeat(300_000)}`,
      { message: expect.stringContaining('at most 262144') },
    ],
    ['a date that is none', 'a = 2026-99-99', { line: 1 }],
  ])('is told as bad when it is %s', async (_what, text, problem) => {
    await share(text);
    await open();
    expect(files?.files()[1]).toMatchObject({ state: 'bad', problems: [problem] });
  });

  it('of the user goes before that of the repository, and none takes the name of a built-in one', async () => {
    await mkdir(join(home, 'data'));
    await writeFile(own(), profile('a', 'mine'));
    await share(`${profile('a', 'theirs')}${profile('b', 'theirs')}`);
    await open();
    expect(programs()).toEqual(['a=mine', 'b=theirs']);
    expect(files?.profiles().map(({ origin }) => origin)).toEqual(['user', 'repository']);
    await share(profile('claude', 'evil'));
    await waitFor('the problem', () => files?.files()[1]?.state === 'bad');
    expect(files?.files()[1]?.problems[0]?.message).toContain('"claude" is built in');
  });

  it('that is a folder, or cannot be read, is bad and no crash', async () => {
    await mkdir(shared(), { recursive: true });
    await open();
    expect(files?.files()[1]).toMatchObject({ state: 'bad' });
  });
});

it('another repository, name or word is another hash', async () => {
  await share(profile('a', 'one'));
  const [first] = (await open()).profiles();
  await share(profile('a', 'two'));
  await untilPrograms('a=two');
  const [second] = files?.profiles() ?? [];
  await files?.dispose();
  await rename(root(), join(home, 'moved'));
  const moved = { root: join(home, 'moved'), userFolder: join(home, 'data'), reserved: [] };
  files = await openConfigFiles({ ...moved, log: silentLogger });
  const [third] = files.profiles();
  expect(new Set([first?.hash, second?.hash, third?.hash]).size).toBe(3);
});

it('what was confirmed is in the user’s own data, over restarts, and is bounded', async () => {
  const file = join(home, 'app.json');
  const data = await openUserData(file, silentLogger);
  const confirmed = createConfirmations(data);
  for (let i = 0; i < 250; i += 1) confirmed.add(`h${i}`);
  expect(confirmed.has('h249')).toBe(true);
  await data.settled();
  const again = createConfirmations(await openUserData(file, silentLogger));
  expect([again.has('h249'), again.has('h50'), again.has('h49')]).toEqual([true, true, false]);
});

it('a program of the repository runs only once it was confirmed, from the worktree', async () => {
  const world = await makeServeWorld();
  try {
    const data = join(world.repository.root, '..', 'data');
    const text = `${profile('ours', './tool.sh')}args = ["x"]\n`;
    await world.repository.commit('tool', {
      'tool.sh': { run: '#!/bin/sh\necho "ran $1" > ran.txt\nsleep 600\n' },
      '.musher/config.toml': text,
    });
    const env = { ...world.repository.env, MUSHER_DATA: data };
    const serving = await world.serve({ env });
    const add = { name: 'a', profile: 'ours' };
    await expect(serving.operator.command('agent.add', add)).rejects.toMatchObject({
      ...{ status: 403, code: 'PROFILE_UNCONFIRMED' },
      message: expect.stringContaining('./tool.sh x'),
    });
    const hash = await unconfirmed(serving);
    await serving.operator.command('profile.trust', { profile: 'ours', hash });
    await serving.operator.command('agent.add', add);
    const ran = join(world.repository.worktreesFolder, 'a', 'ran.txt');
    // The file is there before what is written into it.
    await waitFor('the program to run', async () => String(await readFile(ran)) === 'ran x\n');
    await serving.stop();
    // Another start remembers it, and a change is asked for again.
    const next = await world.serve({ env });
    await next.operator.command('agent.add', { name: 'b', profile: 'ours' });
    await writeFile(join(world.repository.root, '.musher', 'config.toml'), text.replace('x', 'y'));
    await waitFor('the change to be seen', async () => (await unconfirmed(next)) !== undefined);
    await expect(
      next.operator.command('agent.add', { name: 'c', profile: 'ours' }),
    ).rejects.toMatchObject({ code: 'PROFILE_UNCONFIRMED' });
    expect(await unconfirmed(next)).not.toBe(hash);
  } finally {
    await world.dispose();
  }
});

async function unconfirmed({ operator }: Serving): Promise<string | undefined> {
  const { profiles } = await operator.query<{ profiles: readonly ProfileRow[] }>('agent.profiles');
  return profiles.find(({ name }) => name === 'ours')?.unconfirmed?.hash;
}
