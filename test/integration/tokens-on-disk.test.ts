// Tokens are never written: whoever reads the disk, also an agent of the same user, acts as nobody else.

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeServeWorld } from '../harness/serve-world.ts';

const world = await makeServeWorld();
afterAll(() => world.dispose());

it('neither the operator’s token nor an agent’s is in any file of the repository or of the user’s data', async () => {
  const serving = await world.serve();
  const agent = await world.addAgent(serving, 'ada');
  const { HOME = '', TMPDIR } = world.repository.env;
  const places = [world.repository.commonDir, HOME, ...(TMPDIR === undefined ? [] : [TMPDIR])];
  const found = await filesOf(places);
  expect(found.some((file) => file.endsWith('log.sqlite'))).toBe(true);
  const tokens = [serving.operatorToken, agent.token];
  const open: string[] = [];
  for (const file of found) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    if (tokens.some((token) => bytes.includes(token))) open.push(file);
  }
  // Where the agent of this test writes down what it was given.
  expect(open.map((file) => basename(file))).toEqual(['token-ada']);
}, 60_000);

async function filesOf(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  return found
    .flat()
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
