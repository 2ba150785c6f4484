// Recordings of real ptys: what was recorded, played again, is what the screen was, whatever happens to the disk.

import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { TerminalSpec, Terminals } from '../../main/features/terminals/ports.ts';
import { createTerminalHost } from '../../main/terminal-host/host.ts';
import { readableParts } from '../../main/terminal-host/recording/play-page.ts';
import { findText } from '../../main/terminal-host/recording/find-text.ts';
import { lastScreenOf } from '../../main/terminal-host/recording/last-screen.ts';
import { diskFiles } from '../../main/terminal-host/recording/recording-files.ts';
import { storedRecordings } from '../../main/terminal-host/recording/stored-recordings.ts';
import { diskError, exportOf, playCast, readCast } from '../harness/recordings.ts';
import { stateOf } from '../harness/terminal-states.ts';
import { agentSpec, commandSpec, fastClock, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let home: string;
let folder: string;
let host: Terminals;
let warned: object[];

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'musher-recording-'));
  folder = path.join(home, 'recordings');
  warned = [];
  host = startHost();
});

afterEach(async () => {
  await host.dispose();
  await rm(home, { recursive: true, force: true });
});

/** `speed`: how fast time runs for it. */
function startHost(files = diskFiles, speed = 1): Terminals {
  const log = { ...silentLogger, warn: (fields: object) => void warned.push(fields) };
  return createTerminalHost({ clock: fastClock(speed), log, files, hostId: 'test' });
}

function recorded(spec: TerminalSpec, maskSecrets = false): TerminalSpec {
  return { ...spec, recording: { folder, name: spec.id, maskSecrets } };
}

async function newest() {
  const [recording] = await storedRecordings(folder, 'a.1');
  return recording ?? { parts: [], name: '', startMs: 0, sizeBytes: 0, changedMs: 0 };
}

const exported = () => exportOf(folder, 'a.1');

const has = (text: string) => async () => {
  const all = await exported();
  return all.includes(text) || all.slice(-200);
};

/** The program ends at a key; then all of its recording is on the disk. */
async function endByKey(viewer: ScreenViewer): Promise<void> {
  viewer.type('q');
  await waitFor('the end', () => viewer.exit !== undefined);
  await host.dispose();
}

describe('what is recorded', () => {
  it('played again gives the screen, cell by cell, whatever the program painted and however it was resized', async () => {
    await host.open(recorded(agentSpec('a.1', 'paints', '60', '3000')));
    const viewer = await ScreenViewer.attach(host, 'a.1', { cols: 90, rows: 25 });
    await waitFor('some frames', () => viewer.output.includes('frame 20'));
    await ScreenViewer.attach(host, 'a.1', { cols: 70, rows: 20 });
    await waitFor('the last frame', () => viewer.output.includes('painted 60'));
    const last = await ScreenViewer.attach(host, 'a.1', { cols: 70, rows: 20 });
    await last.parsed();
    await endByKey(last);
    const played = await playCast(await exported());
    expect(stateOf(played)).toEqual(stateOf(last.terminal));
    played.dispose();
    const screen = await lastScreenOf({ folder, name: 'a.1', clock: systemClock });
    expect(screen).toMatchObject({ cols: 70, rows: 20, text: last.text() });
    const [file = ''] = await readdir(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
  });

  it('in files that follow one another each plays alone, and joined they are one', async () => {
    // 12 MB: what a file takes, and half of the next.
    await host.open(recorded(agentSpec('a.1', 'paints', '150', '80000')));
    const viewer = await ScreenViewer.attach(host, 'a.1');
    await waitFor('the last frame', () => viewer.text().includes('painted 150'), {
      timeoutMs: 60_000,
    });
    await viewer.parsed();
    await endByKey(viewer);
    const { parts } = await newest();
    expect(parts.length).toBeGreaterThan(1);
    const all = await playCast(await exported());
    expect(stateOf(all)).toEqual(stateOf(viewer.terminal));
    const last = await playCast(await readFile(parts.at(-1)?.path ?? '', 'utf8'));
    expect(stateOf(last)).toEqual(stateOf(viewer.terminal));
    const seconds = (await exported())
      .split('\n')
      .slice(1, -1)
      .map((line) => JSON.parse(line)[0]);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  });

  it('never has what was typed, and has no secret unless it was asked for', async () => {
    const token = `ghp_${'a1B2c3'.repeat(6)}`;
    const program = `stty -echo; printf ready; read line; printf '%s' ${token.slice(0, 20)}; sleep 0.1; echo ${token.slice(20)}`;
    await host.open(recorded(commandSpec('a.1', '/bin/sh', '-c', program), true));
    const viewer = await ScreenViewer.attach(host, 'a.1');
    await waitFor('the program', () => viewer.text().includes('ready'));
    viewer.type('typed-and-unseen\r');
    await waitFor('the end', () => viewer.exit !== undefined);
    await host.dispose();
    const text = await exported();
    expect(text).not.toContain('typed-and-unseen');
    expect(text).not.toContain(token.slice(4, 20));
    expect((await lastScreenOf({ folder, name: 'a.1', clock: systemClock }))?.text).toContain(
      `ghp_${'*'.repeat(36)}`,
    );
  });
});

describe('a disk that takes nothing', () => {
  it('leaves the terminal alone, is told once, and gets the whole screen when it takes something again', async () => {
    let trouble: Error | undefined;
    const files = {
      ...diskFiles,
      async create(...where: [string, string]) {
        const file = await diskFiles.create(...where);
        const append = (text: string) => {
          if (trouble) throw trouble;
          return file.append(text);
        };
        return { ...file, append: async (text: string) => append(text) };
      },
    };
    await host.dispose();
    host = startHost(files, 10);
    await host.open(recorded(agentSpec('a.1', 'echo')));
    const viewer = await ScreenViewer.attach(host, 'a.1');
    await waitFor('the beginning', has('ready'));
    trouble = diskError('ENOSPC');
    viewer.type('lost');
    await waitFor('the trouble to be told', () => warned.length === 1);
    trouble = undefined;
    viewer.type('on');
    await waitFor('the mark', has('Output is missing: the disk was full'), { timeoutMs: 20_000 });
    const played = await playCast(await exported());
    await viewer.parsed();
    expect(stateOf(played)).toEqual(stateOf(viewer.terminal));
    expect(warned).toHaveLength(1);
  });

  it.each([
    ['a folder that vanished', () => rm(folder, { recursive: true })],
    [
      'a file in the place of the folder',
      async () => {
        await rm(folder, { recursive: true });
        await writeFile(folder, 'mine');
      },
    ],
  ])('%s does no harm, and is made again when it can be', async (_, harm) => {
    await host.dispose();
    host = startHost(diskFiles, 10);
    await host.open(recorded(agentSpec('a.1', 'echo')));
    const viewer = await ScreenViewer.attach(host, 'a.1');
    await waitFor('the beginning', has('ready'));
    await harm();
    viewer.type('x');
    await waitFor('the trouble to be told', () => warned.length === 1);
    if (_.startsWith('a file')) await rm(folder);
    await waitFor('the mark', has('Output is missing: the file was removed'), {
      timeoutMs: 20_000,
    });
    await viewer.parsed();
    const played = await playCast(await exported());
    expect(stateOf(played)).toEqual(stateOf(viewer.terminal));
  });

  it('above the folder nothing is made', async () => {
    folder = path.join(home, 'gone', 'recordings');
    await host.open(recorded(agentSpec('a.1', 'echo')));
    await waitFor('the trouble to be told', () => warned.length === 1);
    expect(await readdir(home)).toEqual([]);
    expect((await host.text('a.1')).text).toContain('ready');
  });
});

describe('a recording that a crash tore', () => {
  it.each([
    ['in its last line', -7],
    ['in its header', 20],
  ])('%s can be read up to there', async (_, at) => {
    await host.open(recorded(agentSpec('a.1', 'paints', '30', '500')));
    await waitFor('the recording', has('painted 30'));
    const { parts } = await newest();
    const file = parts[0]?.path ?? '';
    const { size } = await stat(file);
    await truncate(file, at < 0 ? size + at : at);
    const screen = await lastScreenOf({ folder, name: 'a.1', clock: systemClock });
    if (at < 0) {
      expect(screen?.text).toContain('line');
      expect(
        readCast((await readFile(file, 'utf8')).replace(/[^\n]*$/, '')).events.length,
      ).toBeGreaterThan(1);
    } else expect([screen, await exported()]).toEqual([undefined, '']);
  });

  it('nothing is known of a terminal that was never recorded', async () => {
    const ask = { folder, name: 'a.1', clock: systemClock };
    expect(await lastScreenOf(ask)).toBeUndefined();
    await mkdir(folder);
    expect(await lastScreenOf(ask)).toBeUndefined();
  });
});

describe('what is looked for', () => {
  const moves = `printf '\\033[5;10Hhel'; sleep 0.3; printf '\\033[5;13Hlo there'; sleep 0.3; printf '\\033[2J'; sleep 0.3; printf '\\033[1;1HHello There'; sleep 0.1; for n in $(seq 200); do echo row $n; done; sleep 5`;

  it('is found when it shows, though it was never printed in one piece, and again when it shows again', async () => {
    await host.open(recorded(commandSpec('a.1', '/bin/sh', '-c', moves)));
    await waitFor('the recording', has('row 200'));
    const [part] = await readableParts(await newest());
    const { signal } = new AbortController();
    const find = (text: string, afterMs = -1) =>
      findText({ file: part?.path ?? '', text, afterMs, clock: systemClock, signal });
    const events = readCast(await readFile(part?.path ?? '', 'utf8')).events;
    const when = (text: string) => events.find((event) => event.text.includes(text))?.atMs;
    const first = await find('hello there');
    expect(first).toBe(when('lo there'));
    expect(await find('hello there', first)).toBe(when('Hello There'));
    // It was on the screen only for the moment that it took to scroll through.
    expect(await find('row 77')).toBe(when('row 77'));
    expect(await find('nowhere')).toBeUndefined();
  });
});
