// Proposals for the configuration on a real disk and by real git: the file, the refs, crashes in between, and a whole Musher over HTTP.

import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Git } from '../../main/adapters/git/run.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createConfigStore } from '../../main/adapters/proposals/config-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { ConfigStore, FileMove } from '../../main/features/proposals/ports.ts';
import type { ConfigVersion, ProposalRecord } from '../../preload/contract/proposal-records.ts';
import type { ConfigFile } from '../../preload/contract/settings.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import type { Serving } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

const applied = 'refs/musher/config/applied';
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'passed',
    (error) => error.wire?.code ?? error.code ?? String(error),
  );

describe('the file and its refs', () => {
  let repository: TestRepository;
  let store: ConfigStore;
  let git: Git;
  const file = () => join(repository.root, '.musher', 'config.toml');
  const text = () => readFile(file(), 'utf8');
  const ref = (name = applied) =>
    repository.git(['rev-parse', '--verify', '-q', name]).catch(() => undefined);

  beforeEach(async () => {
    repository = await makeRepository({ 'a.txt': 'a\n', '.musher/config.toml': '# one\n' });
    git = createGit({ clock: systemClock, env: repository.env });
    store = await storeOn(git);
  });
  afterEach(() => repository.dispose());

  async function storeOn(own: Git): Promise<ConfigStore> {
    return createConfigStore({ git: own, repository });
  }

  /** From what the file says to another text, both as versions. */
  async function moveTo(next: string): Promise<FileMove> {
    const seen = await store.look();
    const message = 'why';
    const from = await store.makeVersion({ parent: undefined, text: seen.text, message });
    const to = await store.makeVersion({ parent: from.commit, text: next, message });
    await store.note({ from: undefined, to: from.commit });
    return { from: from.commit, to: to.commit, fromHash: seen.hash, toHash: to.hash };
  }

  it('moves both, by objects alone until then; whole, with its rights, and nothing beside it', async () => {
    await chmod(file(), 0o640);
    const before = await repository.git(['status', '--porcelain']);
    const move = await moveTo('# two\n');
    expect(await repository.git(['status', '--porcelain'])).toBe(before);
    await store.keep('p-1', move.to);
    await store.write(move);
    await store.write(move);
    expect([await text(), await ref(), await ref('refs/musher/config/proposed/p-1')]).toEqual([
      '# two\n',
      move.to,
      move.to,
    ]);
    expect((await stat(file())).mode & 0o777).toBe(0o640);
    expect(await readdir(join(repository.root, '.musher'))).toEqual(['config.toml']);
    const { patch } = await store.diff({ from: move.from, to: move.to });
    expect(patch).toContain('-# one\n+# two\n');
  });

  it('a folder that was not there is made, and an empty file is as none', async () => {
    await rm(join(repository.root, '.musher'), { recursive: true });
    const move = await moveTo('# two\n');
    expect(await store.textAt(move.from)).toBe('');
    await store.write(move);
    expect(await text()).toBe('# two\n');
    expect((await store.diff({ from: undefined, to: move.to })).patch).toContain('+# two');
  });

  it('an edit by hand is not written over, and the ref stays with it', async () => {
    const move = await moveTo('# two\n');
    await writeFile(file(), '# mine\n');
    expect(await codeOf(store.write(move))).toBe('CONFIG_EDITED');
    expect([await text(), await ref()]).toEqual(['# mine\n', move.from]);
  });

  it('an edit between the ref and the file takes the ref back', async () => {
    const move = await moveTo('# two\n');
    const late = await storeOn({
      ...git,
      async run(ask) {
        const answer = await git.run(ask);
        if (ask.args[0] === 'update-ref' && `${ask.input ?? ''}`.includes(move.to))
          await writeFile(file(), '# mine\n');
        return answer;
      },
    });
    expect(await codeOf(late.write(move))).toBe('CONFIG_EDITED');
    expect([await text(), await ref()]).toEqual(['# mine\n', move.from]);
  });

  it('a crash at each step leaves the old or the new, and the next try ends it', async () => {
    const move = await moveTo('# two\n');
    // Before anything; after the ref; after the copy beside it; after the rename.
    const part = join(
      repository.root,
      '.musher',
      `.config-${'0'.repeat(8)}-1111-2222-3333-${'4'.repeat(12)}.part`,
    );
    const steps = [
      async () => undefined,
      async () => void (await repository.git(['update-ref', applied, move.to, move.from])),
      async () => writeFile(part, '# tw'),
      async () => {
        await writeFile(part, '# two\n');
        await rename(part, file());
      },
    ];
    for (const count of [1, 2, 3, 4]) {
      await writeFile(file(), '# one\n');
      await repository.git(['update-ref', applied, move.from]);
      for (const step of steps.slice(0, count)) await step();
      expect(['# one\n', '# two\n']).toContain(await text());
      await store.sweep(() => true);
      await store.write(move);
      expect([count, await text(), await ref()]).toEqual([count, '# two\n', move.to]);
      expect(existsSync(part)).toBe(false);
    }
    // Edited after the crash: given up, and the ref goes back.
    await repository.git(['update-ref', applied, move.to]);
    await writeFile(file(), '# mine\n');
    expect(await codeOf(store.write(move))).toBe('CONFIG_EDITED');
    expect([await text(), await ref()]).toEqual(['# mine\n', move.from]);
  });

  it('a link in the place of the file or its folder is not followed, nor is a folder or a pipe read', async () => {
    const move = await moveTo('# two\n');
    const elsewhere = join(repository.root, '..', 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'config.toml'), '# secret\n');
    await rm(file());
    await symlink(join(elsewhere, 'config.toml'), file());
    const both = async () => [await codeOf(store.look()), await codeOf(store.write(move))];
    expect(await both()).toEqual(['CONFIG_PLACE', 'CONFIG_PLACE']);
    await rm(file());
    await mkdir(file());
    expect(await both()).toEqual(['CONFIG_PLACE', 'CONFIG_PLACE']);
    await rm(join(repository.root, '.musher'), { recursive: true });
    await symlink(elsewhere, join(repository.root, '.musher'));
    expect(await both()).toEqual(['CONFIG_PLACE', 'CONFIG_PLACE']);
    expect(await codeOf(store.sweep(() => true))).toBe('CONFIG_PLACE');
    expect(await readFile(join(elsewhere, 'config.toml'), 'utf8')).toBe('# secret\n');
    expect(await ref()).toBe(move.from);
  });

  it('a ref that somebody else moved is refused with the way back; one that lags behind comes along', async () => {
    const move = await moveTo('# two\n');
    const head = await repository.git(['rev-parse', 'HEAD']);
    await repository.git(['update-ref', applied, head]);
    const failed = await store.write(move).catch((error) => error.wire);
    expect(failed).toMatchObject({ code: 'CONFIG_REF_MOVED' });
    expect(await text()).toBe('# one\n');
    const [, command = ''] = /`git ([^`]+)`/.exec(failed.mend) ?? [];
    await repository.git(command.split(' '));
    await repository.git(['update-ref', '-d', applied]);
    await store.write(move);
    expect([await text(), await ref()]).toEqual(['# two\n', move.to]);
  });

  it('merges by lines alone, whatever drivers somebody configured; conflicts are none', async () => {
    await repository.git(['config', 'merge.evil.driver', 'touch evil; cp %B %A']);
    await repository.write({ '.git/info/attributes': '* merge=evil\n' });
    const make = (parent: string | undefined, said: string) =>
      store.makeVersion({ parent, text: said, message: 'x\0y' }).then(({ commit }) => commit);
    const base = await make(undefined, 'a\n\n\nb\n\n\nc\n');
    const ours = await make(base, 'A\n\n\nb\n\n\nc\n');
    const theirs = await make(base, 'a\n\n\nb\n\n\nC\n');
    expect(await store.merged({ ours, theirs })).toBe('A\n\n\nb\n\n\nC\n');
    const against = await make(base, 'X\n\n\nb\n\n\nc\n');
    expect(await store.merged({ ours, theirs: against })).toBeUndefined();
    expect(existsSync(join(repository.root, 'evil'))).toBe(false);
    expect(await codeOf(store.textAt('0'.repeat(40)))).toBe('CONFIG_VERSION_GONE');
  });

  it('says what any commit has at its place, and forgets the refs of what nobody remembers', async () => {
    const linked = await repository.commitOn('linked', { '.musher/config.toml': { link: '/etc' } });
    const plain = await repository.commitOn('plain', { '.musher/config.toml': 'a = 1\n' });
    const none = await repository.commitOn('none', { '.musher/config.toml': null });
    expect(await store.fileAt(linked)).toMatchObject({ place: 'it is a symbolic link' });
    expect(await store.fileAt(plain)).toEqual({ text: 'a = 1\n' });
    expect(await store.fileAt(none)).toEqual({ text: '' });
    for (const name of ['p-1', 'p-2']) await store.keep(name, plain);
    await store.sweep((name) => name === 'p-2');
    const kept = await repository.git([
      'for-each-ref',
      '--format=%(refname)',
      'refs/musher/config',
    ]);
    expect(kept).toBe('refs/musher/config/proposed/p-2');
  });
});

describe('a whole Musher', () => {
  let world: ServeWorld;
  let serving: Serving;
  let agent: TestAgent;
  const file = () => join(world.repository.root, '.musher', 'config.toml');
  const made = { why: 'more room' };

  beforeAll(async () => {
    world = await makeServeWorld();
    await world.repository.commit('config', { '.musher/config.toml': '[worktrees]\npool = 0\n' });
    serving = await world.serve();
    agent = await world.addAgent(serving, 'backend');
  });
  afterAll(() => world.dispose());

  const get = (proposal: string) =>
    serving.operator.query<ProposalRecord>('proposal.get', { proposal, waitMs: 10_000 });
  const configFile = async () => {
    const { files } = await serving.operator.query<{ files: ConfigFile[] }>('settings.get');
    return files.find(({ origin }) => origin === 'repository');
  };

  it('what an agent proposes applies by the operator’s yes alone, is read at once, and survives kill -9', async () => {
    // Its own copy says nothing to Musher.
    await writeFile(join(agent.worktree, '.musher', 'config.toml'), 'broken = [');
    const result = await agent.command<{ proposal: string; commit: string }>('proposal.make', {
      ...made,
      sets: ['snapshots.every_minutes=11'],
    });
    for (const [type, data] of [
      ['proposal.apply', result],
      ['proposal.reject', { proposal: result.proposal }],
      ['config.revert', { version: result.commit }],
    ] as const)
      expect((await agent.send(`/v1/${type}`, { body: data })).status).toBe(403);
    expect(await readFile(file(), 'utf8')).toBe('[worktrees]\npool = 0\n');
    await serving.kill('SIGKILL');
    serving = await world.serve();
    await serving.operator.command('proposal.apply', result);
    expect(await get(result.proposal)).toMatchObject({ state: 'applied' });
    expect(await readFile(file(), 'utf8')).toContain('every_minutes = 11');
    expect((await configFile())?.state).toBe('good');
  });

  it('an edit by hand is seen by itself, the proposal is carried over to it, and both are in the history', async () => {
    agent = await world.addAgent(serving, 'second');
    const result = await agent.command<{ proposal: string; commit: string }>('proposal.make', {
      ...made,
      sets: ['snapshots.every_minutes=12'],
    });
    const text = await readFile(file(), 'utf8');
    await writeFile(file(), `# by hand\n\n\n${text}`);
    const carried = await waitFor('the proposal to be carried over', async () => {
      const record = await serving.operator.query<ProposalRecord>('proposal.get', {
        proposal: result.proposal,
      });
      return record.commit !== result.commit ? record : `it is ${record.state}`;
    });
    const { proposal } = result;
    const old = await serving.operator.send('/v1/proposal.apply', { body: result });
    expect(old.body).toMatchObject({ error: { code: 'PROPOSAL_MOVED' } });
    await serving.operator.command('proposal.apply', { proposal, commit: carried.commit });
    await get(proposal);
    expect(await readFile(file(), 'utf8')).toMatch(/^# by hand[\s\S]*every_minutes = 12/);
    const { versions } = await serving.operator.query<{ versions: ConfigVersion[] }>(
      'config.history',
    );
    expect(versions.map(({ how }) => how)).toEqual(['applied', 'found', 'applied', 'found']);
  });

  it('the review of a merge says what it changes of the configuration', async () => {
    const commit = await world.repository.commit(
      'gates',
      { '.musher/config.toml': '[worktrees]\npool = 0\n[review]\npush = "origin"\n' },
      agent.worktree,
    );
    const result = await agent.command<{ approval: string }>('approval.request', { commit });
    const told = await serving.operator.query('config.in_approval', result);
    expect(told).toMatchObject({
      changes: [
        { key: 'review.push', to: '"origin"', warning: 'sends merged commits to a remote' },
      ],
      problems: [],
    });
  });
});
