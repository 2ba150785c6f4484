// Bad input to a running hub: what is wrong is told by code, with a mend, and nothing has changed.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';

let world: ServeWorld;
let serving: Serving;
let one: TestAgent;
let two: TestAgent;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  one = await world.addAgent(serving, 'one');
  two = await world.addAgent(serving, 'two');
});
afterAll(() => world.dispose());

async function add(data: object): Promise<unknown> {
  return serving.operator.command('agent.add', { profile: 'shell', start: false, ...data });
}

describe('agents that cannot be', () => {
  it.each([
    'a/b',
    '../up',
    '..',
    '.',
    '-rf',
    'two words',
    'UPPER',
    'end-',
    'dou--ble',
    'ümlaut',
    '🐕',
    'a\u0000b',
    'a\nb',
    'x'.repeat(41),
    'operator',
    'system',
    'all',
    'con',
    'HEAD',
    '__proto__',
    'name.lock',
    '~',
    '*',
  ])('name %j', async (name) => {
    await expect(add({ name })).rejects.toMatchObject({ code: 'AGENT_NAME_INVALID', status: 400 });
  });

  it.each<[string, object, string]>([
    ['a name that is taken', { name: 'one' }, 'AGENT_EXISTS'],
    ['a profile that is none', { name: 'odd', profile: 'nonsense' }, 'PROFILE_UNKNOWN'],
    ['a CLI that is not installed', { name: 'odd', profile: 'codex' }, 'CLI_MISSING'],
    [
      'a program that is not there',
      { name: 'odd', profile: 'script', command: ['no-such-program'] },
      'CLI_MISSING',
    ],
    ['no command', { name: 'odd', profile: 'script' }, 'PROFILE_NEEDS_COMMAND'],
    ['a base that is not there', { name: 'odd', base: 'nowhere' }, 'BASE_UNKNOWN'],
    ['a base that is an option', { name: 'odd', base: '--upload-pack=x' }, 'BODY_INVALID'],
    ['a branch that is none', { name: 'odd', branch: 'a..b' }, 'BRANCH_INVALID'],
    ['a branch with @{', { name: 'odd', branch: 'a@{1}' }, 'BRANCH_INVALID'],
    ['a branch that is checked out', { name: 'odd', branch: 'main' }, 'BRANCH_CHECKED_OUT'],
    ['another agent’s branch', { name: 'odd', branch: 'agent/one' }, 'BRANCH_CHECKED_OUT'],
    ['an empty command', { name: 'odd', profile: 'script', command: [] }, 'BODY_INVALID'],
    ['no name', {}, 'BODY_INVALID'],
  ])('%s', async (_title, data, code) => {
    await expect(add({ start: true, ...data })).rejects.toMatchObject({ code });
    const { agents } = await serving.operator.query<{ agents: { id: string }[] }>('agent.list', {
      all: true,
    });
    expect(agents.map(({ id }) => id).toSorted()).toEqual(['one', 'two']);
  });

  it('a folder that is in the way', async () => {
    await world.repository.write({ 'mine.txt': 'x' }, `${world.repository.worktreesFolder}/odd`);
    await expect(add({ name: 'odd' })).rejects.toMatchObject({ code: 'WORKTREE_EXISTS' });
  });

  it('a suggestion can be used as it is', async () => {
    const { body } = await serving.operator.send('/v1/agent.add', { body: { name: 'My Agent!' } });
    const { mend } = (body as { error: { mend: string } }).error;
    expect(mend).toContain('"my-agent"');
  });

  it.each(['agent.start', 'agent.stop', 'agent.restart', 'agent.destroy', 'agent.purge'])(
    '%s of one that is not there',
    async (type) => {
      for (const agent of ['nobody', '../x', '__proto__', 'constructor'])
        await expect(serving.operator.command(type, { agent })).rejects.toMatchObject({
          code: 'AGENT_UNKNOWN',
          status: 404,
        });
    },
  );
});

describe('commits that cannot be approved', () => {
  const request = (caller: TestAgent, commit: string, target?: string) =>
    caller.command<{ approval: string }>('approval.request', {
      commit,
      ...(target === undefined ? {} : { target }),
    });

  it.each([
    ['0'.repeat(40), 'COMMIT_UNKNOWN'],
    ['f'.repeat(40), 'COMMIT_UNKNOWN'],
    ['deadbeef', 'COMMIT_UNKNOWN'],
    ['agent/one', 'BODY_INVALID'],
    ['HEAD', 'BODY_INVALID'],
    ['main', 'BODY_INVALID'],
    ['--all', 'BODY_INVALID'],
    ['', 'BODY_INVALID'],
  ])('commit %j is %s', async (commit, code) => {
    await expect(request(one, commit)).rejects.toMatchObject({ code });
  });

  it('a branch that is called like a commit id does not make it one', async () => {
    await world.repository.git(['branch', 'deadbee', 'main']);
    await expect(request(one, 'deadbee')).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' });
  });

  it('a tree is no commit', async () => {
    const tree = await world.repository.git(['rev-parse', 'main^{tree}']);
    await expect(request(one, tree)).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' });
  });

  it('another agent’s commit', async () => {
    const commit = await world.repository.commit('theirs', { 'two.txt': '2\n' }, two.worktree);
    await expect(request(one, commit)).rejects.toMatchObject({
      code: 'COMMIT_NOT_YOURS',
      status: 403,
    });
  });

  it('one that is on the target already, and one that changes nothing', async () => {
    const main = await world.repository.git(['rev-parse', 'main']);
    await expect(request(one, main)).rejects.toMatchObject({ code: 'COMMIT_ON_TARGET' });
    const empty = await world.repository.commit('nothing', {}, one.worktree);
    await expect(request(one, empty)).rejects.toMatchObject({ code: 'COMMIT_EMPTY' });
  });

  it('a target that is not there', async () => {
    const commit = await world.repository.commit('mine', { 'one.txt': '1\n' }, one.worktree);
    await expect(request(one, commit, 'nowhere')).rejects.toMatchObject({ code: 'TARGET_UNKNOWN' });
  });

  it('a short id that fits more than one commit', async () => {
    const prefix = await makeAmbiguous(one.worktree);
    await expect(request(one, prefix)).rejects.toMatchObject({ code: 'COMMIT_AMBIGUOUS' });
  });

  it('an approval for another commit or another diff than the one that was seen', async () => {
    const commit = await world.repository.commit('seen', { 'seen.txt': '1\n' }, one.worktree);
    const { approval } = await request(one, commit);
    const approve = (data: object) =>
      serving.operator.command('approval.approve', { approval, commit, ...data });
    await expect(approve({ commit: '1'.repeat(40) })).rejects.toMatchObject({
      code: 'APPROVAL_MOVED',
    });
    await expect(approve({ diffHash: 'x' })).rejects.toMatchObject({ code: 'APPROVAL_MOVED' });
    await expect(approve({ approval: 'a-none' })).rejects.toMatchObject({
      code: 'APPROVAL_UNKNOWN',
    });
    await serving.operator.command('approval.deny', { approval, note: 'no' });
    await expect(approve({})).rejects.toMatchObject({ code: 'APPROVAL_NOT_PENDING' });
  });

  it('an approval that would change the files of a checkout nobody gave', async () => {
    const { repository } = world;
    const commit = await repository.commit('seen', { 'also.txt': '1\n' }, one.worktree);
    const { approval } = await request(one, commit);
    await expect(
      serving.operator.command('approval.approve', { approval, commit }),
    ).rejects.toMatchObject({ code: 'TARGET_CHECKED_OUT', status: 409 });
    expect(await repository.gitPasses(['merge-base', '--is-ancestor', commit, 'main'])).toBe(false);
    const { state } = await serving.operator.query<{ state: string }>('approval.get', { approval });
    expect(state).toBe('pending');
  });
});

/** Makes two commits that share four digits; of few hundred, two do. */
async function makeAmbiguous(worktree: string): Promise<string> {
  const { repository } = world;
  const tree = await repository.git(['rev-parse', 'HEAD^{tree}'], worktree);
  const seen = new Map<string, string>();
  for (let count = 0; count < 4_000; count += 1) {
    const text = commitText(tree, `try ${count}`);
    const prefix = idOf(text).slice(0, 4);
    const other = seen.get(prefix);
    if (other !== undefined) {
      await repository.write({ one: other, two: text }, join(repository.root, '.git'));
      const files = ['one', 'two'].map((name) => join(repository.root, '.git', name));
      await repository.git(['hash-object', '-w', '-t', 'commit', ...files]);
      return prefix;
    }
    seen.set(prefix, text);
  }
  throw new Error('no two commits alike');
}

function commitText(tree: string, message: string): string {
  const who = 'Ann <ann@example.com> 1767323045 +0000';
  return `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\n${message}\n`;
}

function idOf(commit: string): string {
  return createHash('sha1').update(`commit ${commit.length}\0${commit}`).digest('hex');
}

it('nothing of all this is in the log as anything but refused', async () => {
  expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
  expect(serving.output()).not.toContain('a defect stopped');
});
