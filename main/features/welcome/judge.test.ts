import { describe, expect, it } from 'vitest';
import { toWireError } from '../../../preload/contract/errors.ts';
import { judgeFolder, judgeRecent, whyTooWide } from './judge.ts';
import { placesOf } from './places.ts';

const home = '/home/me';
const shop = { root: '/home/me/shop', commonDir: '/home/me/shop/.git', isOpenHere: false };
const plain = toWireError('REPOSITORY_INVALID', { path: '/home/me/notes' });

describe('a folder', () => {
  it.each([
    ['a repository', { path: shop.root, kind: 'folder', repository: shop }, 'repository'],
    ['within one', { path: `${shop.root}/src`, kind: 'folder', repository: shop }, 'inside'],
    [
      'a link to one',
      { path: '/tmp/link', real: shop.root, kind: 'folder', repository: shop },
      'repository',
    ],
    ['no repository', { path: '/home/me/notes', kind: 'folder', refusal: plain }, 'plain'],
    ['a file', { path: '/home/me/a.txt', kind: 'file' }, 'file'],
    ['not there', { path: '/home/me/gone', kind: 'none' }, 'missing'],
    [
      'one without a commit',
      { path: shop.root, kind: 'folder', refusal: toWireError('REPOSITORY_EMPTY', { path: '' }) },
      'empty',
    ],
    [
      'one that git does not trust',
      { path: shop.root, kind: 'folder', refusal: toWireError('REPOSITORY_UNSAFE', { path: '' }) },
      'refused',
    ],
  ] as const)('is %s', (_what, facts, kind) => {
    expect(judgeFolder(facts, home)).toMatchObject({ path: facts.path, kind });
  });

  it('that is open in another Musher says where, and one that is not there what it would lie in', () => {
    const running = { ...shop, url: 'http://127.0.0.1:9119' };
    expect(
      judgeFolder({ path: shop.root, kind: 'folder', repository: running }, home),
    ).toMatchObject({ root: shop.root, url: running.url });
    expect(
      judgeFolder({ path: `${shop.root}/x`, kind: 'none', near: shop.root }, home),
    ).toMatchObject({ kind: 'missing', root: shop.root });
  });

  it.each([
    ['/home/me', true],
    ['/home', true],
    ['/', true],
    ['/home/me/notes', false],
    ['/home/m', false],
    ['/srv', false],
  ])('%s is too wide for a repository: %s', (path, isWide) => {
    expect(whyTooWide(path, home) !== undefined).toBe(isWide);
    const facts = { path, kind: 'folder', refusal: plain } as const;
    expect(judgeFolder(facts, home).obstacle?.code).toBe(isWide ? 'FOLDER_TOO_WIDE' : undefined);
  });
});

it('a recent folder is there, open here, running elsewhere, gone, or says what it lacks', () => {
  const { root: path } = shop;
  const recent = (repository: typeof shop) =>
    judgeRecent({ path, kind: 'folder', repository }).state;
  expect(recent(shop)).toBe('there');
  expect(recent({ ...shop, isOpenHere: true })).toBe('open');
  const url = 'http://127.0.0.1:9119';
  expect(judgeRecent({ path, kind: 'folder', repository: { ...shop, url } })).toEqual({
    ...{ path, state: 'running', url },
  });
  expect(judgeRecent({ path, kind: 'none' })).toEqual({ path, state: 'gone' });
  expect(judgeRecent({ path, kind: 'folder', refusal: plain })).toMatchObject({
    state: 'refused',
    said: plain.message,
  });
});

it('places name the repository, or stand for one', () => {
  const around = { userFolder: '/home/me/.local/share/musher', platform: 'linux' } as const;
  expect(placesOf(around, shop).map(({ path }) => path)).toEqual([
    '/home/me/shop/.git/musher',
    '/home/me/shop/.git/musher/agents',
    '/home/me/shop.worktrees',
    'agent/…, refs/musher/…',
    '/home/me/shop/.musher',
    '/home/me/.local/share/musher',
  ]);
  expect(placesOf(around)[0]?.path).toBe('<repository>/.git/musher');
  const windows = { userFolder: 'C:\\Users\\me\\Musher', platform: 'win32' } as const;
  const there = { root: 'C:\\code\\shop', commonDir: 'C:\\code\\shop\\.git' };
  expect(placesOf(windows, there)[1]?.path).toBe('C:\\code\\shop\\.git\\musher\\agents');
});
