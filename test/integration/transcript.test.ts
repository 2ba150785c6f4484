// What a hook names as its conversation is read within the CLI's own folder alone.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextIn } from '../../main/cli/transcript.ts';

let home: string;
let own: string;
const answer = (tokens: number) => `{"message":{"usage":{"input_tokens":${tokens}}}}\n`;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'musher-transcript-'));
  own = path.join(home, '.claude', 'projects', 'p');
  await mkdir(own, { recursive: true });
  await writeFile(path.join(own, 'c-1.jsonl'), answer(7));
  await writeFile(path.join(own, 'long.jsonl'), `${answer(1)}${'x'.repeat(300_000)}\n${answer(9)}`);
  await writeFile(path.join(own, 'far.jsonl'), `${answer(1)}${'x'.repeat(300_000)}\n`);
  await writeFile(path.join(home, 'other.jsonl'), answer(8));
  await mkdir(path.join(own, 'folder.jsonl'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const read = (file: string) => contextIn(path.join(own, file), { HOME: home });

it('tells the size of the conversation, from the end of its file', async () => {
  expect(await read('c-1.jsonl')).toBe(7);
  expect(await read('long.jsonl')).toBe(9);
  expect(await read('far.jsonl')).toBeUndefined();
});

it('looks where the CLI was told to keep them', async () => {
  const env = { HOME: '/nowhere', CLAUDE_CONFIG_DIR: path.join(home, '.claude') };
  expect(await contextIn(path.join(own, 'c-1.jsonl'), env)).toBe(7);
});

describe('reads nothing of', () => {
  it.each([
    ['a file outside', '../../../other.jsonl'],
    ['a file that is not there', 'none.jsonl'],
    ['a folder', 'folder.jsonl'],
    ['another kind of file', '../p/c-1.txt'],
  ])('%s', async (_, file) => {
    expect(await read(file)).toBeUndefined();
  });

  it('what is no path', async () => {
    expect(await contextIn(7, { HOME: home })).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('a link that leads outside', async () => {
    await symlink(path.join(home, 'other.jsonl'), path.join(own, 'link.jsonl'));
    expect(await read('link.jsonl')).toBeUndefined();
  });
});
