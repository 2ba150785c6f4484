import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLogFile } from '../adapters/log-file.ts';
import { diagnosticsText, keepNewestDumps } from './desktop-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'musher-logs-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('goes on in the file of the run before until that is full, and keeps it beside', async () => {
  await writeFile(join(folder, 'desktop.log'), 'before\n');
  const first = await openLogFile(folder, 'desktop');
  first.stream.write('first\n');
  expect(await first.tail(1_000)).toBe('before\nfirst\n');
  await writeFile(join(folder, 'desktop.log'), 'x'.repeat(1_100_000));
  const next = await openLogFile(folder, 'desktop');
  next.stream.write('next\n');
  expect(await next.tail(1_000)).toBe('next\n');
  expect((await stat(join(folder, 'desktop.1.log'))).size).toBe(1_100_000);
});

it('a run that does not stop talking fills no disk, and its end is whole lines', async () => {
  const file = await openLogFile(folder, 'desktop');
  const line = `${'x'.repeat(9_999)}\n`;
  for (let count = 0; count < 600; count++) file.stream.write(line);
  expect(await file.tail(50_000)).toMatch(
    /^(x{9999}\n)+\{"msg":"more was logged than is kept"\}\n$/,
  );
  expect((await stat(file.path)).size).toBeLessThan(4.3e6);
});

it('a folder that cannot be made costs lines and nothing else', async () => {
  await writeFile(join(folder, 'taken'), '');
  const file = await openLogFile(join(folder, 'taken'), 'desktop');
  file.stream.write('lost\n');
  expect(await file.tail(100)).toBe('');
  expect(await readFile(join(folder, 'taken'), 'utf8')).toBe('');
});

it('keeps the newest dumps', async () => {
  for (let day = 1; day <= 8; day++) {
    const file = join(folder, `${day}.dmp`);
    await writeFile(file, '');
    await utimes(file, day * 86_400, day * 86_400);
  }
  await writeFile(join(folder, 'settings.dat'), '');
  expect(await keepNewestDumps(folder)).toEqual({ folder, count: 5, newestMs: 8 * 86_400_000 });
  expect((await readdir(folder)).sort()).toEqual(
    ['4', '5', '6', '7', '8'].map((day) => `${day}.dmp`).concat('settings.dat'),
  );
  expect(await keepNewestDumps(join(folder, 'none'))).toMatchObject({ count: 0 });
});

it('the text that is copied names nobody and opens nothing', async () => {
  const file = await openLogFile(folder, 'desktop');
  const home = process.env.HOME ?? '';
  file.stream.write(`{"repo":"${home}/shop","token":"${'a1'.repeat(20)}"}\n`);
  const dumps = { folder: `${home}/dumps`, count: 1, newestMs: 0 };
  const versions = { ...process.versions, electron: '45.4.1', chrome: '140.0' };
  const text = await diagnosticsText({ version: '1.2.3', versions, dumps, repositories: 2, file });
  expect(text).toContain('Musher 1.2.3 on ');
  expect(text).toContain('Crash dumps: 1, newest 1970-01-01T00:00:00.000Z (~/dumps)');
  expect(text).toContain('"repo":"~/shop"');
  expect(text).not.toContain('a1a1');
});
