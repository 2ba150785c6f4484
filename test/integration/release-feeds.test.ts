import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { feedOf } from '../../build/electron-builder.ts';
import { gather, mergeFeeds } from '../../build/merge-feeds.mjs';

const feed = (version: string, url: string) =>
  `version: ${version}\nfiles:\n  - url: ${url}\n    sha512: x\n    size: 1\npath: ${url}\nsha512: x\n`;

it('the files of both processors stand in one feed, and all else lies beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'musher-feeds-'));
  try {
    for (const arch of ['arm64', 'x64']) {
      await mkdir(join(folder, arch));
      await writeFile(join(folder, arch, 'latest-mac.yml'), feed('1.3.0', `musher-${arch}.zip`));
      await writeFile(join(folder, arch, `musher-${arch}.zip`), arch);
    }
    gather([join(folder, 'arm64'), join(folder, 'x64')], join(folder, 'files'));
    const names = await readdir(join(folder, 'files'));
    expect(names.sort()).toEqual(['latest-mac.yml', 'musher-arm64.zip', 'musher-x64.zip']);
    const merged = parse(await readFile(join(folder, 'files/latest-mac.yml'), 'utf8'));
    expect(merged.files.map(({ url }: { url: string }) => url)).toEqual([
      'musher-arm64.zip',
      'musher-x64.zip',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('feeds of two versions are no feed', () => {
  expect(() => mergeFeeds('latest-mac.yml', [feed('1.3.0', 'a'), feed('1.2.0', 'b')])).toThrow(
    'latest-mac.yml is of several versions: 1.3.0, 1.2.0',
  );
});

it.each([
  ['', undefined],
  ['https://example.org/musher', { provider: 'generic', url: 'https://example.org/musher' }],
  ['someone/musher', { provider: 'github', owner: 'someone', repo: 'musher' }],
])('MUSHER_UPDATES of %j is %j', (said, found) => expect(feedOf(said)).toEqual(found));

it.each(['http://example.org/musher', 'musher', 'a/b/c', 'https://'])(
  'MUSHER_UPDATES of %j is refused',
  (said) =>
    expect(() => feedOf(said)).toThrow(/expected an https:\/\/ address or owner\/repository/),
);
