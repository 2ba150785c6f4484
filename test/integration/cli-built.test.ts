// The command as it is shipped: a bundle that knows the contracts as data, and says what the contracts say.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../main/cli/manifest.ts';
import { cliFile, runMusher, runMusherOften } from '../harness/serve.ts';
import { musher } from './cli-world.ts';

const env = { MUSHER_URL: 'http://127.0.0.1:1', MUSHER_TOKEN: 'secret-token' };

/** All files that are loaded with this one, itself included. `isEntry`: also what it imports when it runs. */
async function loadedWith(file: string, isEntry: boolean): Promise<Map<string, string>> {
  const text = await readFile(file, 'utf8');
  const pattern = isEntry ? /(?:from|import\() ?"(\.[^"]+)"/g : /^import .*?"(\.[^"]+)";$/gm;
  const loaded = new Map([[file, text]]);
  for (const [, from = ''] of text.matchAll(pattern)) {
    const next = fileURLToPath(new URL(from, `file://${file}`));
    if (!loaded.has(next)) for (const one of await loadedWith(next, false)) loaded.set(...one);
  }
  return loaded;
}

it('starts without contracts and without zod', async () => {
  const loaded = await loadedWith(cliFile, true);
  expect(loaded.size).toBeGreaterThan(1);
  expect([...loaded.values()].join('')).toContain('request-approval');
  for (const [file, text] of loaded)
    expect([file, /\$ZodType|defineFeature\(/.test(text)]).toEqual([file, false]);
});

describe('what it says of itself is what the contracts say', () => {
  let built: Awaited<ReturnType<typeof runMusherOften>>;
  beforeAll(async () => {
    const lists = manifest.map(({ words }) => [...words, '--help']);
    built = await runMusherOften(lists, { env });
  });

  it.each(manifest.map(({ type, words }, at) => ({ type, words, at })))(
    'of $type',
    async ({ words, at }) => {
      const { code, out } = await musher([...words, '--help']);
      expect(built[at]).toEqual({ code, stdout: out, stderr: '' });
    },
  );
});

it.each([
  [['--help']],
  [['agent']],
  [['agent', 'add', '--help']],
  [['completion', 'bash']],
  [['completion', 'fish']],
  [['inbox', '--limit', '900']],
  [['inbox', '--limit', '1.5', '--json']],
  [['learn', ' ']],
  [['report', 'working', 'x'.repeat(501)]],
  [['request-approval', 'main']],
  [['snooze', 'question/q-1', '--for', '8d']],
  [['ask', 'x', '--timeout', '10ms']],
  [['aks', 'x']],
])('%j ends as unbuilt', async (argv) => {
  const { code, out, err } = await musher(argv, { env });
  const built = await runMusher(argv, { env });
  expect([built.code, built.stdout, built.stderr]).toEqual([code, out, err]);
});
