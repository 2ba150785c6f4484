// Each judgement over the facts that a machine can give; that machines give them is held by test/integration/doctor.test.ts.

import { describe, expect, it } from 'vitest';
import { healthyMachine } from '../../../test/harness/healthy-machine.ts';
import {
  judgeDisks,
  judgeHost,
  judgeNotices,
  judgePlaces,
  judgePort,
  judgeTime,
  judgeWatches,
} from './judge-machine.ts';
import { judgeClis, judgeGit, judgeRuntime, judgeShell } from './judge-programs.ts';
import {
  judgeConfig,
  judgeLeftovers,
  judgeLog,
  judgeRepository,
  judgeTrees,
} from './judge-repository.ts';
import type { CliFacts, HostFacts, Known, PlaceFacts, TreeFacts } from './ports.ts';
import type { Verdict } from './verdict.ts';

const healthy = healthyMachine();
const { signal } = new AbortController();
const said = ({ state, found, remedy = '' }: Verdict) => `${state}: ${found} → ${remedy}`;

describe('git', () => {
  const git = () => healthy.git(signal);
  it('has to be there, to answer, to run and to be new enough', async () => {
    const facts = await git();
    expect(said(judgeGit(facts))).toMatch('ok: git version 2.39.5, at /usr/bin/git');
    expect(said(judgeGit({ ...facts, path: undefined }))).toMatch(
      /^problem: git is nowhere.*apt install git/,
    );
    expect(said(judgeGit({ ...facts, path: undefined, platform: 'darwin' }))).toMatch(
      'brew install git',
    );
    const old = { kind: 'said', text: 'git version 2.30.2' } as const;
    expect(said(judgeGit({ ...facts, said: old, isNewEnough: false }))).toMatch(
      /^problem: git version 2\.30\.2.*needs 2\.38/,
    );
    expect(said(judgeGit({ ...facts, said: { kind: 'silent', seconds: 5 } }))).toMatch(
      /^problem: .* within 5 s/,
    );
    expect(said(judgeGit({ ...facts, said: { kind: 'failed', reason: 'EACCES' } }))).toMatch(
      /^problem: .*EACCES/,
    );
  });
});

it('a Node that is too old is a problem', () => {
  expect(judgeRuntime({ node: '20.1.0', oldest: 24, program: 'node' }).state).toBe('problem');
  expect(judgeRuntime({ node: '24.0.0', oldest: 24, program: 'node' }).state).toBe('ok');
});

describe('CLIs', () => {
  const cli = (more: Partial<CliFacts>): CliFacts => ({
    ...{ name: 'codex', title: 'Codex', origin: 'built-in', program: 'codex', hint: 'npm i codex' },
    ...more,
  });
  const known: Known = { agents: [{ id: 'backend', profile: 'codex' }], polled: [] };
  const rows = (one: CliFacts, whoKnows?: Known) =>
    judgeClis([one], whoKnows).map((row) => `${row.id} ${said(row)}`);

  it('that nobody counts on are told of, with how to install them', () => {
    expect(rows(cli({}))).toEqual([expect.stringMatching(/^cli warning: none of those/)]);
    expect(judgeClis([cli({})], undefined)[0]?.details).toEqual(['Codex: npm i codex']);
  });

  it('that an agent or a config file counts on are a problem where they are missing', () => {
    expect(rows(cli({}), known)[1]).toBe(
      'cli.codex problem: codex, which backend would run is nowhere on the PATH → npm i codex',
    );
    const gone = { ...known, agents: [{ id: 'a', profile: 'codex', isDestroyed: true }] };
    expect(rows(cli({}), gone)).toHaveLength(1);
    expect(
      rows(cli({ origin: 'user', name: 'mine', fault: 'not usable: it is a folder' }))[1],
    ).toMatch(/^cli\.mine problem: .*is not usable/);
  });

  it('that are there say where and which; one that hangs or fails is told', () => {
    const path = '/bin/codex';
    expect(rows(cli({ path, said: { kind: 'said', text: '0.9' } }))[1]).toMatch(
      'ok: /bin/codex, 0.9',
    );
    expect(rows(cli({ path, said: { kind: 'silent', seconds: 6 } }))[1]).toMatch('warning: ');
    expect(rows(cli({ path, said: { kind: 'failed', reason: 'no node' } }))[1]).toMatch(
      'problem: /bin/codex does not run: no node',
    );
  });

  it('of a repository that nobody confirmed are not known', () => {
    expect(rows(cli({ origin: 'repository', isUnconfirmed: true }))[1]).toMatch('unknown: ');
  });
});

it.each([
  [{ state: 'said' }, 'ok'],
  [{ state: 'missing' }, 'problem'],
  [{ state: 'silent', seconds: 6 }, 'warning'],
  [{ state: 'failed', reason: 'syntax error' }, 'warning'],
  [{ state: 'none' }, 'ok'],
  [{ state: 'said', missingFolders: ['/opt/bin'] }, 'ok'],
  [{ state: 'said', onlyThere: [{ program: 'claude', path: '/opt/bin/claude' }] }, 'warning'],
] as const)('a login shell of %j is %s', (facts, state) => {
  const shell = { shell: '/bin/zsh', missingFolders: [], onlyThere: [], ...facts };
  expect(judgeShell(shell).state).toBe(state);
});

describe('the repository', () => {
  it('whose history is cut is a warning', () => {
    const facts = { root: '/code/shop', branches: 1, isShallow: true };
    expect(said(judgeRepository(facts))).toMatch(/^warning: .*git fetch --unshallow/);
  });

  it('has worktrees that stand, are locked, missing, moved or forgotten', () => {
    const main: TreeFacts = { path: '/code/shop', kind: 'main' };
    const judge = (...more: TreeFacts[]) => judgeTrees({ trees: [main, ...more], branches: [] });
    expect(said(judge())).toMatch('ok: 1 worktree, all');
    const locked = judge({ path: '/w/a', kind: 'linked', locked: 'on a stick' });
    expect(locked).toMatchObject({ state: 'ok', details: ['locked: /w/a (on a stick)'] });
    expect(said(judge({ path: '/w/a', kind: 'missing' }))).toMatch(
      /^warning: 1 worktree; 1 missing → .*worktree prune/,
    );
    expect(said(judge({ path: '/w/b', kind: 'moved', wasAt: '/w/a' }))).toMatch('worktree repair');
  });

  it('has leftovers: what no agent knows where Musher runs, and what anybody sees', async () => {
    const left = await healthy.leftovers(signal);
    const trees: TreeFacts[] = [
      { path: '/w/backend', kind: 'linked', madeFor: 'backend', branch: 'agent/backend' },
      { path: '/w/gone', kind: 'linked', madeFor: 'gone', branch: 'agent/gone' },
      { path: '/w/mine', kind: 'linked', branch: 'mine' },
    ];
    const branches = ['agent/backend', 'agent/gone', 'agent/older'];
    const known: Known = {
      agents: [{ id: 'backend', profile: 'claude', path: '/w/backend', branch: 'agent/backend' }],
      polled: [],
    };
    const judged = judgeLeftovers({ ...left, trees, branches }, known);
    expect(judged).toMatchObject({
      state: 'warning',
      found: '1 worktree of no agent, 1 branch of no agent',
      details: ['worktree: /w/gone (agent/gone)', 'branch: agent/older'],
    });
    expect(judgeLeftovers({ ...left, trees, branches }, undefined).state).toBe('ok');
    const recordings = { ...left.recordings, sizeBytes: 6e9 };
    expect(
      said(
        judgeLeftovers(
          { recordings, temporary: ['/tmp/musher-demo-x'], trees: [], branches: [] },
          known,
        ),
      ),
    ).toMatch(/^warning: 1 temporary folder, 6 GB of recordings/);
    const copies = { count: 2, sizeBytes: 430e6 };
    expect(said(judgeLeftovers({ ...left, copies, trees: [], branches: [] }, known))).toMatch(
      /^ok: nothing was left behind; .*, 2 copies of the terminal host’s program, 430 MB/,
    );
  });

  it.each([
    [{ kind: 'none' }, 'ok'],
    [{ kind: 'unreadable', path: '/l', reason: 'EACCES' }, 'problem'],
    [
      { kind: 'there', path: '/l', sizeBytes: 9, isSqlite: false, format: 0, newestFormat: 9 },
      'problem',
    ],
    [
      { kind: 'there', path: '/l', sizeBytes: 9, isSqlite: true, format: 10, newestFormat: 9 },
      'problem',
    ],
    [{ kind: 'there', path: '/l', sizeBytes: 9, isSqlite: true, format: 9, newestFormat: 9 }, 'ok'],
  ] as const)('has a log: %j is %s', (log, state) => {
    expect(judgeLog(log).state).toBe(state);
  });

  it('has config files: each fault is told with its line', () => {
    const file = { path: '/r/config.toml', origin: 'repository', problems: [] } as const;
    expect(judgeConfig([{ ...file, state: 'absent', problems: [] }]).state).toBe('ok');
    expect(judgeConfig([{ ...file, state: 'good', problems: [] }]).state).toBe('ok');
    const problems = [{ line: 3, key: 'worktrees.poool', message: 'there is no key "poool"' }];
    expect(judgeConfig([{ ...file, state: 'bad', problems }])).toMatchObject({
      state: 'problem',
      details: ['/r/config.toml, line 3: worktrees.poool: there is no key "poool"'],
      remedy: expect.stringContaining('newer Musher'),
    });
  });
});

describe('the machine', () => {
  it.each([
    ['free', 'ok'],
    ['ours', 'ok'],
    ['other', 'ok'],
    ['foreign', 'problem'],
    ['silent', 'problem'],
  ] as const)('has a port: %s is %s', (state, verdict) => {
    const judged = judgePort({ port: 9119, state, repositories: [], owner: 'nc (pid 7)' });
    expect(judged.state).toBe(verdict);
    if (verdict === 'problem') expect(said(judged)).toMatch(/by nc \(pid 7\).*--port 9120/);
  });

  it('watches so many folders, and another worktree has to fit', () => {
    const facts = {
      kind: 'inotify' as const,
      ...{ maxWatches: 8192, maxInstances: 128, usedWatches: 100, usedInstances: 3 },
      ...{ foldersPerTree: 50, trees: 2 },
    };
    expect(judgeWatches(facts, undefined).state).toBe('ok');
    expect(said(judgeWatches({ ...facts, foldersPerTree: 3000 }, undefined))).toMatch(
      /^warning: .*max_user_watches=65536/,
    );
    expect(judgeWatches({ ...facts, usedWatches: 8180 }, undefined).state).toBe('warning');
    expect(said(judgeWatches({ ...facts, usedInstances: 120 }, undefined))).toMatch(
      'max_user_instances=512',
    );
    const polled = [{ agent: 'backend', reason: 'it is on a network' }];
    const known = { agents: [], polled };
    expect(judgeWatches(facts, known)).toMatchObject({
      state: 'warning',
      details: ['backend: it is on a network'],
    });
    expect(judgeWatches({ kind: 'unlimited', by: 'FSEvents' }, known).state).toBe('warning');
    expect(judgeWatches({ kind: 'unlimited', by: 'FSEvents' }, undefined).state).toBe('ok');
  });

  it.each([
    [80e9, undefined, 'ok'],
    [1.5e9, undefined, 'warning'],
    [100e6, undefined, 'problem'],
    [80e9, 500, 'warning'],
  ] as const)('with %d bytes and %s files free is %s', (freeBytes, freeFiles, state) => {
    const disk = { what: ['worktrees'], path: '/', totalBytes: 100e9, freeBytes, freeFiles };
    expect(judgeDisks([disk]).state).toBe(state);
  });

  it('keeps places that are to be written, and secrets that are to be closed', () => {
    const place: PlaceFacts = {
      ...{ what: 'key', path: "/h/it's", kind: 'there', isFolder: false, isSecret: true },
      ...{ canWrite: true, mode: 0o600, isOurs: true },
    };
    const judge = (more: Partial<PlaceFacts>) => said(judgePlaces([{ ...place, ...more }]));
    expect(judge({})).toMatch('ok: 1 place that');
    expect(judge({ mode: 0o644 })).toMatch("chmod 600 '/h/it'\\''s'");
    expect(judge({ mode: 0o755, isFolder: true })).toMatch(/^problem: .*chmod 700/);
    expect(judge({ mode: 0o644, isSecret: false })).toMatch('ok');
    expect(judge({ mode: undefined })).toMatch('ok');
    expect(judge({ isOurs: false })).toMatch(/^problem: .*another user/);
    expect(judge({ isOurs: false, isSecret: false })).toMatch('warning');
    expect(judge({ canWrite: false, reason: 'EROFS' })).toMatch(/^problem: .*written: EROFS/);
    expect(judge({ canWrite: false, kind: 'parent' })).toMatch('cannot be made');
    expect(judge({ kind: 'absent' })).toMatch('nothing is there yet');
  });

  it.each([
    [{}, 'ok'],
    [{ nowMs: 0 }, 'problem'],
    [{ newestMs: Date.UTC(2027, 0, 1), newestFile: '/l' }, 'warning'],
    [{ zone: undefined }, 'warning'],
    [{ isSynchronized: false }, 'ok'],
  ])('has a clock: %j is %s', async (more, state) => {
    expect(judgeTime({ ...(await healthy.time(signal)), ...more }).state).toBe(state);
  });

  it.each([
    ['listens', 2, 'ok'],
    ['none', 0, 'ok'],
    ['stale', 0, 'warning'],
    ['stale', 2, 'warning'],
    ['foreign', 0, 'problem'],
    ['silent', 2, 'problem'],
  ] as const)('has a terminal host: %s with %d is %s', (state, terminals, verdict) => {
    const facts: HostFacts = { address: '/s', state, terminals, pid: 4711 };
    expect(judgeHost(facts).state).toBe(verdict);
  });

  it.each([
    ['there', 'ok'],
    ['browser', 'ok'],
    ['none', 'warning'],
    ['unknown', 'unknown'],
  ] as const)('shows notices: %s is %s', (state, verdict) => {
    expect(judgeNotices({ state, by: 'x' }).state).toBe(verdict);
  });
});
