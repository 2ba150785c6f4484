// The last screens of a host that died, as the next one reads them from their recordings, whatever lies in the folder.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { createTerminalHost } from '../../main/terminal-host/host.ts';
import { eventLine, headerLine } from '../../main/terminal-host/recording/cast-format.ts';
import { commandSpec, fastClock, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let folder: string;
let warned: object[];
const hosts: Terminals[] = [];

beforeEach(async () => {
  warned = [];
  folder = await mkdtemp(join(tmpdir(), 'musher-screens-'));
});

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
  await rm(folder, { recursive: true, force: true });
});

const startMs = 1_700_000_000_000;
const sizeOf = { cols: 80, rows: 24 };
const left = { id: 'p/a.1', exitCode: null, signal: null };
const file = () => join(folder, `a.1.${startMs}.0001.cast`);

/** The host after the one that had `a.1`. */
function next(clock = systemClock): Terminals {
  const before = [{ exit: left, recorded: { folder, name: 'a.1', startMs } }];
  const log = { ...silentLogger, warn: (fields: object) => void warned.push(fields) };
  const host = createTerminalHost({ clock, log, hostId: 'next', before });
  hosts.push(host);
  return host;
}

function cast(lines: readonly string[], size = sizeOf): string {
  const head = headerLine({ ...size, startMs, title: 'a.1', atMs: 0, screenBytes: 0 });
  return head + lines.join('');
}

const says = (text: string, atMs = 0) => eventLine({ atMs, code: 'o', text }, 0);
const resizes = (text: string) => eventLine({ atMs: 0, code: 'r', text }, 0);

it('a terminal of the host before is shown as it was, and as ended', async () => {
  await writeFile(file(), cast([says('\x1b[31mlast\x1b[0m words\r\n'), resizes('70x20')]));
  const host = next();
  expect(await host.list()).toEqual([]);
  const viewer = await ScreenViewer.attach(host, 'p/a.1');
  await viewer.parsed();
  expect([viewer.text(), viewer.exit, viewer.terminal.cols]).toEqual(['last words', left, 70]);
  expect(await host.text('p/a.1')).toMatchObject({ text: 'last words', cols: 70, rows: 20 });
  // It was read once.
  await rm(file());
  expect(await host.text('p/a.1')).toMatchObject({ text: 'last words' });
});

it('of another recording by the same name nothing is shown: that agent may have been another', async () => {
  await writeFile(join(folder, `a.1.${startMs - 1}.0001.cast`), cast([says('not its')]));
  await expect(next().text('p/a.1')).rejects.toMatchObject({ wire: { code: 'TERMINAL_GONE' } });
});

it('one that is forgotten, or opened anew, is no longer the one before', async () => {
  await writeFile(file(), cast([says('old')]));
  const host = next();
  await host.forget('p/a.1');
  await expect(host.text('p/a.1')).rejects.toMatchObject({ wire: { code: 'TERMINAL_GONE' } });
  const other = next();
  await other.open(commandSpec('p/a.1', '/bin/echo', 'new'));
  await waitFor('its end', async () => (await other.ended()).length === 1);
  expect((await other.text('p/a.1')).text).toBe('new');
});

it('the next host knows how those ended of which this one saw it', async () => {
  const exit = { id: 'p/b.1', exitCode: 7, signal: null };
  const recorded = { folder, name: 'b.1', startMs };
  const before = [{ exit, recorded }];
  const host = createTerminalHost({ clock: systemClock, log: silentLogger, hostId: 'n', before });
  hosts.push(host);
  expect([await host.ended(), host.recordedEnds()]).toEqual([[exit], before]);
});

it.each<[string, () => Promise<unknown>]>([
  ['gone', async () => undefined],
  ['empty', () => writeFile(file(), '')],
  ['no recording', () => writeFile(file(), '\0'.repeat(1000))],
  ['a header alone that is torn', () => writeFile(file(), cast([]).slice(0, 30))],
  ['a folder', () => mkdir(file())],
  ['a pipe that nobody writes to', async () => execFileSync('mkfifo', [file()])],
  ['a link to something without end', () => symlink('/dev/zero', file())],
  [
    'of a size that no page asks for',
    () => writeFile(file(), cast([], { cols: 5000, rows: 5000 })),
  ],
])('a recording that is %s is no last screen, and holds nobody up', async (_, make) => {
  await make();
  const host = next();
  await expect(host.text('p/a.1')).rejects.toMatchObject({ wire: { code: 'TERMINAL_GONE' } });
  await expect(ScreenViewer.attach(host, 'p/a.1')).rejects.toMatchObject({
    wire: { code: 'TERMINAL_GONE' },
  });
});

it('a folder that is none is told, and no last screen', async () => {
  await rename(folder, `${folder}-away`);
  await writeFile(folder, 'mine');
  await expect(next().text('p/a.1')).rejects.toMatchObject({ wire: { code: 'TERMINAL_GONE' } });
  expect(warned).toMatchObject([{ terminal: 'p/a.1', error: expect.stringContaining('ENOTDIR') }]);
  await rm(`${folder}-away`, { recursive: true });
});

it('a file that takes for ever to play is given up on, while all others go on', async () => {
  const wide = says('x'.repeat(10_000));
  const hostile = Array.from({ length: 20_000 }, (_, n) => resizes(n % 2 ? '2x1' : '999x999'));
  await writeFile(file(), cast([...Array<string>(40).fill(wide), ...hostile]));
  const host = next(fastClock(2));
  await host.open(commandSpec('p/b.1', '/bin/cat'));
  const viewer = await ScreenViewer.attach(host, 'p/b.1');
  const asked = host.text('p/a.1').then(
    () => 'shown',
    () => 'given up',
  );
  let isOver = false;
  void asked.finally(() => {
    isOver = true;
  });
  viewer.type('still here\r');
  await waitFor('the echo', () => viewer.output.includes('still here'));
  expect(isOver).toBe(false);
  expect(await asked).toBe('given up');
});
