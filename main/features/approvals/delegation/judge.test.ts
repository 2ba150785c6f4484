import { describe, expect, it } from 'vitest';
import { delegateConfigSchema } from '../../../../preload/contract/delegate-config.ts';
import type { Config } from '../../../../preload/contract/config.ts';
import type { TreeChange } from '../ports.ts';
import { judge, type Judged } from './judge.ts';
import { delegationOf } from './settings.ts';

type Said = Record<string, unknown>;
const configOf = (rules: readonly Said[]) => {
  const named = rules.map((rule, at) => ({ name: `r${at}`, action: 'approve', ...rule }));
  return { review: { delegate: delegateConfigSchema.parse(named) } } as unknown as Config;
};
const user = (...rules: Said[]) =>
  ({ path: '/u', origin: 'user', config: configOf(rules) }) as const;
const repository = (...rules: Said[]) =>
  ({ path: '/r', origin: 'repository', config: configOf(rules) }) as const;

const plain = (path: string): TreeChange => ({ path, before: 'file', after: 'file' });
const facts = (paths: ReadonlyArray<string | TreeChange>, more: Partial<Judged> = {}): Judged => ({
  ...{ agent: 'docs', target: 'main', fileCount: paths.length, lines: 10, binaryCount: 0 },
  changes: paths.map((one) => (typeof one === 'string' ? plain(one) : one)),
  ...more,
});
const verdict = (rules: readonly Said[], judged: Judged) => {
  const { action, rule } = judge(delegationOf([user(...rules)], []), judged);
  return rule === undefined ? action : `${action} ${rule}`;
};

const docs = { paths: ['docs/**', '*.md'] };

describe('a rule approves only what it says, exactly', () => {
  it.each<[string, Said, Judged, string]>([
    ['all files of its paths', docs, facts(['docs/a.md', 'README.md']), 'approve r0'],
    ['a folder is all below it', { paths: ['docs/'] }, facts(['docs/a/b.png']), 'approve r0'],
    ['one file elsewhere', docs, facts(['docs/a.md', 'src/a.ts']), 'ask'],
    ['a deep file for a pattern of the root', docs, facts(['src/a.md']), 'ask'],
    ['another case', docs, facts(['Docs/a.md']), 'ask'],
    ['another case of the ending', docs, facts(['README.MD']), 'ask'],
    ['a folder of like name', docs, facts(['docs2/a.md']), 'ask'],
    ['a file in the place of its folder', docs, facts(['docs']), 'ask'],
    ['what a rename left', docs, facts(['src/a.ts', 'docs/a.ts']), 'ask'],
    ['an empty diff', docs, facts([]), 'ask'],
    ['what it excepts', { ...docs, except: ['docs/legal/**'] }, facts(['docs/legal/a.md']), 'ask'],
    [
      'that in another case',
      { ...docs, except: ['docs/legal/**'] },
      facts(['docs/Legal/a']),
      'ask',
    ],
    ['another agent', { ...docs, agents: ['backend'] }, facts(['docs/a']), 'ask'],
    ['a pattern of agents', { ...docs, agents: ['doc*'] }, facts(['docs/a']), 'approve r0'],
    ['another branch', { ...docs, targets: ['next', 'release/*'] }, facts(['docs/a']), 'ask'],
    [
      'as many files as it may',
      { ...docs, max_files: 2 },
      facts(['docs/a', 'docs/b']),
      'approve r0',
    ],
    ['more files', { ...docs, max_files: 1 }, facts(['docs/a', 'docs/b']), 'ask'],
    ['as many lines', { ...docs, max_lines: 10 }, facts(['docs/a']), 'approve r0'],
    ['more lines', { ...docs, max_lines: 9 }, facts(['docs/a']), 'ask'],
    [
      'lines that none can count',
      { ...docs, max_lines: 9 },
      facts(['docs/a'], { lines: 0, binaryCount: 1 }),
      'ask',
    ],
    ['composed and not', { paths: ['docs/é.md'] }, facts(['docs/e\u0301.md']), 'approve r0'],
    ['brackets are themselves', { paths: ['docs/[ab].md'] }, facts(['docs/a.md']), 'ask'],
    ['an exclamation mark is itself', { paths: ['!src/**'] }, facts(['docs/a.md']), 'ask'],
  ])('%s', (...[, rule, judged, said]) => expect(verdict([rule], judged)).toBe(said));
});

describe('what no rule can approve', () => {
  const everything = { paths: ['**'] };
  it.each<[string, string | TreeChange]>([
    ['the config of Musher', '.musher/config.toml'],
    ['that in another case', '.MUSHER/config.toml'],
    ['below another folder', 'docs/.musher/x'],
    ['attributes', 'docs/.gitattributes'],
    ['attributes in another case', 'docs/.GitAttributes'],
    ['attributes in full width', 'docs/.ｇitattributes'],
    ['submodules', '.gitmodules'],
    ['what is ignored', '.gitignore'],
    ['workflows', '.github/workflows/a.yml'],
    ['hooks', '.husky/pre-commit'],
    ['hooks of another tool', 'lefthook.yml'],
    ['what worktrees get', '.worktreeinclude'],
    ['an invisible character', 'docs/.git\u200battributes'],
    ['one that turns the direction', 'docs/a\u202egnp.md'],
    ['a control character', 'docs/a\n.md'],
    ['what is no UTF-8', 'docs/a\uFFFD.md'],
    ['another separator', 'docs\\..\\src\\a.ts'],
    ['the way out', 'docs/../src/a.ts'],
    ['an empty name', 'docs//a.md'],
    ['a trailing dot', 'docs/.musher.'],
    ['a short name of Windows', 'docs/GITATT~1'],
    ['a stream of Windows', 'docs/a.md:x'],
    ['a very long name', `docs/${'d'.repeat(260)}`],
    ['a symbolic link', { path: 'docs/a', after: 'symlink' }],
    ['what was one', { path: 'docs/a', before: 'symlink', after: 'file' }],
    ['a submodule', { path: 'docs/a', before: 'submodule', after: 'submodule' }],
    ['what becomes executable', { path: 'docs/a', before: 'file', after: 'executable' }],
    ['a new executable', { path: 'docs/a', after: 'executable' }],
    ['a strange mode', { path: 'docs/a', after: 'other' }],
  ])('%s', (_, change) => {
    const { action, why } = judge(delegationOf([user(everything)], []), facts(['a.md', change]));
    expect(action).toBe('ask');
    expect(why).toMatch(/No rule/);
  });

  it('what keeps it from any rule is said; a plain executable that stays one is not among it', () => {
    const rules = delegationOf([user(everything)], []);
    const kept: TreeChange = { path: 'bin/x', before: 'executable', after: 'executable' };
    expect(judge(rules, facts([kept, { path: 'old', before: 'executable' }]))).toMatchObject({
      action: 'approve',
    });
    expect(judge(rules, facts(['a'], { unfit: 'no ref keeps its commit' }))).toMatchObject({
      ...{ action: 'ask', rule: 'r0' },
      why: 'No rule can approve it: no ref keeps its commit.',
    });
  });
});

describe('the first rule that fits counts', () => {
  const ask = (rule: Said) => ({ action: 'ask', ...rule });
  it.each<[string, Said[], Judged, string]>([
    [
      'one that asks before',
      [ask({ paths: ['docs/api/**'] }), docs],
      facts(['docs/a', 'docs/api/b']),
      'ask r0',
    ],
    ['in any case', [ask({ paths: ['docs/api/**'] }), docs], facts(['docs/API/b']), 'ask r0'],
    [
      'also for a file in the place of its folder',
      [ask({ paths: ['docs/api/**'] }), docs],
      facts(['docs/api']),
      'ask r0',
    ],
    ['one that asks after', [docs, ask({})], facts(['docs/a']), 'approve r0'],
    ['one that is about others', [ask({ agents: ['x'] }), docs], facts(['docs/a']), 'approve r1'],
    ['one that asks beyond its bounds', [ask({ max_lines: 5 }), docs], facts(['docs/a']), 'ask r0'],
    [
      'and not within them',
      [ask({ max_lines: 50, max_files: 3 }), docs],
      facts(['docs/a']),
      'approve r1',
    ],
    [
      'what a rule that asks excepts',
      [ask({ paths: ['docs/**'], except: ['docs/a'] }), docs],
      facts(['docs/a']),
      'approve r1',
    ],
    [
      'that in another case is asked',
      [ask({ except: ['docs/a'] }), { paths: ['**'] }],
      facts(['docs/A']),
      'ask r0',
    ],
    ['a second that approves', [docs, { paths: ['src/**'] }], facts(['src/a']), 'approve r1'],
    ['two rules do not add up', [docs, { paths: ['src/**'] }], facts(['src/a', 'docs/a']), 'ask'],
    ['none', [], facts(['docs/a']), 'ask'],
  ])('%s', (...[, rules, judged, said]) => expect(verdict(rules, judged)).toBe(said));
});

describe('whose file says it', () => {
  const judged = facts(['docs/a.md']);

  it('the rules of the repository go first and can only ask', () => {
    const all = delegationOf([user(docs), repository({ action: 'ask', paths: ['docs/**'] })], []);
    expect(all.rules.map(({ origin }) => origin)).toEqual(['repository', 'user']);
    expect(judge(all, judged)).toMatchObject({ action: 'ask', rule: 'r0' });
  });

  it('one of the repository that would approve is none', () => {
    const all = delegationOf([repository(docs)], []);
    expect(all.rules).toEqual([]);
    expect(judge(all, judged)).toMatchObject({ action: 'ask', why: 'There are no rules.' });
  });

  it('while a file was never good nothing is approved; what one said when it was good counts', () => {
    const bad = { path: '/r', state: 'bad' } as const;
    expect(judge(delegationOf([user(docs)], [bad]), judged)).toMatchObject({
      ...{ action: 'ask', why: expect.stringContaining('/r cannot be read') },
    });
    const asks = repository({ action: 'ask', paths: ['src/**'] });
    expect(judge(delegationOf([user(docs), asks], [bad]), judged).action).toBe('approve');
  });
});
