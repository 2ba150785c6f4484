import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { TerminalExit, Terminals } from '../../main/features/terminals/ports.ts';
import {
  agentSpec,
  commandSpec,
  createTestHost,
  isAlive,
  ScreenViewer,
} from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let host: Terminals;
let exits: TerminalExit[];

beforeEach(() => {
  host = createTestHost();
  exits = [];
  host.onExit((exit) => exits.push(exit));
});

afterEach(() => host.dispose());

it('what is typed reaches the program, and its answer the viewer', async () => {
  await host.open(agentSpec('alpha.1', 'echo'));
  const viewer = await ScreenViewer.attach(host, 'alpha.1');
  await waitFor('the program to be ready', () => viewer.text().includes('ready') || viewer.text());
  viewer.type('ä漢');
  await waitFor('the echo', () => viewer.output.includes('<ä漢>') || viewer.output);
});

it('says when each program last said anything, and nothing of what it was', async () => {
  const beforeMs = Date.now();
  await host.open(agentSpec('alpha.1', 'echo'));
  const [heard] = await waitFor('some output', async () => {
    const all = await host.lastOutputs();
    return all.length > 0 ? all : undefined;
  });
  expect(heard).toEqual({ id: 'alpha.1', atMs: expect.any(Number) });
  expect(heard?.atMs).toBeGreaterThanOrEqual(beforeMs);
});

/** Goes to a place that a narrower screen has not, each time that something is typed. */
const placing = `process.stdin.setRawMode(true); process.stdin.on('data', () => process.stdout.write('\\x1b[3;70Hplaced'));
process.stdout.write('ready');`;

it('who resizes while output is on its way sees what the host sees, and keeps its screen where none is', async () => {
  await host.open(commandSpec('a.1', process.execPath, '-e', placing));
  const viewer = await ScreenViewer.attach(host, 'a.1', { cols: 80, rows: 24 });
  await waitFor('the program to be ready', () => viewer.text().includes('ready') || viewer.text());
  const resize = (cols: number) => {
    viewer.terminal.resize(cols, 24);
    viewer.attachment?.resize(cols, 24);
  };
  const { restores } = viewer;
  resize(90);
  viewer.mode = 'deaf';
  viewer.type('x');
  await waitFor('its output', () => viewer.output.includes('placed'));
  expect(viewer.restores).toBe(restores);
  resize(40);
  viewer.wakeUp();
  await waitFor('the screen of the host', async () => {
    await viewer.parsed();
    const { text } = await host.text('a.1');
    return viewer.text() === text || `${viewer.text()}\n--\n${text}`;
  });
  expect(viewer.restores).toBe(restores + 1);
});

it('an id that runs already is returned as it is, also while it is being opened', async () => {
  const spec = agentSpec('alpha.1', 'echo');
  const [first, second] = await Promise.all([host.open(spec), host.open(spec)]);
  expect(second).toEqual(first);
  expect(await host.open({ ...spec, cols: 100 })).toEqual(first);
  expect(await host.list()).toEqual([first]);
});

it('the program sees the size of whoever came or said it last, and the others get its screen', async () => {
  await host.open(agentSpec('alpha.1', 'echo'));
  const first = await ScreenViewer.attach(host, 'alpha.1', { cols: 80, rows: 24 });
  await waitFor('the program to be ready', () => first.text().includes('ready') || first.text());
  const second = await ScreenViewer.attach(host, 'alpha.1', { cols: 60, rows: 20 });
  await waitFor('the smaller size', () => second.output.includes('size 60x20') || second.output);
  await waitFor('the first to follow', () => first.terminal.cols === 60 || first.terminal.cols);
  first.attachment?.resize(90, 30);
  await waitFor('the larger size', () => second.output.includes('size 90x30') || second.output);
  first.attachment?.detach();
  await waitFor(
    'the size of who is left',
    () => second.output.split('size 60x20').length === 3 || second.output,
  );
  expect(await host.list()).toMatchObject([{ cols: 60, rows: 20 }]);
});

it('size said to the program and size of its screen agree for one that nobody watched', async () => {
  const node = process.execPath;
  await host.open({ ...commandSpec('a.1', node, '-p', 'process.stdout.columns'), cols: 123 });
  expect(await exitOf('a.1')).toMatchObject({ exitCode: 0 });
  expect(await host.text('a.1')).toMatchObject({ text: '123', cols: 123 });
});

it.each([
  ['process.exit(3)', { exitCode: 3, signal: null }],
  ['process.exit(0)', { exitCode: 0, signal: null }],
  ['process.kill(process.pid, "SIGKILL")', { exitCode: null, signal: 'SIGKILL' }],
])('a program that does %s is told as it ended', async (code, expected) => {
  await host.open(
    commandSpec('a.1', process.execPath, '-e', `process.stdin.once('data', () => ${code})`),
  );
  const viewer = await ScreenViewer.attach(host, 'a.1');
  viewer.type('\r');
  await waitFor('the exit', () => viewer.exit ?? viewer.text());
  expect(viewer.exit).toEqual({ id: 'a.1', ...expected });
  expect(exits).toEqual([{ id: 'a.1', ...expected }]);
});

it('the last screen stays until it is forgotten, and a new start takes its place', async () => {
  const spec = commandSpec('a.1', process.execPath, '-e', 'console.log("last words")');
  await host.open(spec);
  await exitOf('a.1');
  const late = await ScreenViewer.attach(host, 'a.1');
  await late.parsed();
  expect([late.text(), late.exit]).toEqual([
    'last words',
    { id: 'a.1', exitCode: 0, signal: null },
  ]);
  await host.forget('a.1');
  await expect(ScreenViewer.attach(host, 'a.1')).rejects.toMatchObject({
    wire: { code: 'TERMINAL_GONE' },
  });
  await expect(host.text('a.1')).rejects.toMatchObject({ wire: { code: 'TERMINAL_GONE' } });
  await host.open(agentSpec('a.1', 'echo'));
  expect(await host.list()).toHaveLength(1);
});

it('who comes in the moment of the end gets the last screen too', async () => {
  const script = "process.stdout.write('x'.repeat(400_000) + '\\r\\nlast words')";
  await host.open(commandSpec('a.1', process.execPath, '-e', script));
  const viewers: ScreenViewer[] = [];
  // Again and again over the time in which its last output is parsed.
  await waitFor('the end', async () => {
    viewers.push(await ScreenViewer.attach(host, 'a.1'));
    expect((await host.text('a.1')).cols).toBe(80);
    return exits.length === 1 || viewers.length;
  });
  await waitFor('all to be told', () => viewers.every(({ exit }) => exit));
  await Promise.all(viewers.map((viewer) => viewer.parsed()));
  expect(viewers.filter((viewer) => !viewer.text().endsWith('last words'))).toEqual([]);
});

it('only the newest fifty last screens are kept', async () => {
  for (let start = 0; start < 52; start += 13) {
    const ids = Array.from({ length: 13 }, (_, index) => `a${start + index}.1`);
    await Promise.all(ids.map((id) => host.open(commandSpec(id, '/bin/echo', id))));
    await Promise.all(ids.map((id) => exitOf(id)));
  }
  const kept = Array.from({ length: 52 }, (_, index) => host.text(`a${index}.1`));
  const results = await Promise.allSettled(kept);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
});

it.each([
  ['a missing program', { program: 'no-such-program-here' }, 'not on PATH'],
  ['a missing file', { program: '/no/such/file' }, 'no such program'],
  ['a file that is no program', { program: import.meta.filename }, 'no such program'],
  ['a missing folder', { cwd: '/no/such/folder' }, 'does not exist'],
  ['a file for a folder', { cwd: import.meta.filename }, 'not a folder'],
])('%s is refused before anything starts', async (_, wrong, reason) => {
  const opened = host.open({ ...agentSpec('a.1', 'echo'), ...wrong });
  await expect(opened).rejects.toMatchObject({
    wire: { code: 'SPAWN_FAILED', message: expect.stringContaining(reason) },
  });
  expect(await host.list()).toEqual([]);
});

it('a script that names no interpreter is run by sh, as in a shell', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'musher-script-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'plain'), 'echo "by sh, with $1"; exit 7', { mode: 0o755 });
  await host.open(commandSpec('a.1', join(folder, 'plain'), 'this'));
  await waitFor('its end', () => exits.length > 0);
  expect(exits).toMatchObject([{ id: 'a.1', exitCode: 7 }]);
  expect((await host.text('a.1')).text).toContain('by sh, with this');
});

it.runIf(process.platform === 'linux')(
  'no program holds the terminal of another: neither what it says nor its keys are within reach',
  async () => {
    for (const id of ['a.1', 'b.1']) await host.open(agentSpec(id, 'echo'));
    await host.open(commandSpec('c.1', '/bin/sh', '-c', 'readlink /proc/$$/fd/*; echo all'));
    await waitFor('its end', () => exits.length > 0);
    const { text } = await host.text('c.1');
    expect(text).toContain('all');
    expect(text).not.toContain('ptmx');
  },
);

it.each([0, 1, 2])('a query is answered once, by the host, while %i watch', async (count) => {
  await host.open(commandSpec('a.1', process.execPath, '-e', askWhenTyped));
  const viewers = await Promise.all(
    Array.from({ length: count }, () => ScreenViewer.attach(host, 'a.1')),
  );
  await host.paste('a.1', '?', false);
  expect(await answers('a.1')).toBe('\x1b[1;1R\x1b[?1;2c');
  expect(viewers.map((viewer) => viewer.restores)).toEqual(viewers.map(() => 1));
});

it('a program that asks is told the colours of who looked last, also after that', async () => {
  await host.open(commandSpec('a.1', process.execPath, '-e', askColours));
  const colors = {
    foreground: '#102030',
    background: '#FFFFFF',
    cursor: '#000000',
    palette: Array.from({ length: 16 }, (_, index) => `#00000${index.toString(16)}`),
  };
  const quiet = { onRestore() {}, onData() {}, onExit() {} };
  const attachment = await host.attach('a.1', { cols: 80, rows: 24 }, { ...quiet, colors });
  attachment.detach();
  await host.paste('a.1', '?', false);
  expect((await answers('a.1')).split('\x1b\\').slice(0, -1)).toEqual([
    '\x1b]10;rgb:1010/2020/3030',
    '\x1b]11;rgb:ffff/ffff/ffff',
    '\x1b]4;1;rgb:0000/0000/0101',
    '\x1b]4;196;rgb:ffff/0000/0000',
    '\x1b]4;255;rgb:eeee/eeee/eeee',
  ]);
});

/** All that such a program got. */
async function answers(id: string): Promise<string> {
  const [, got = ''] = await waitFor('the answer', async () => {
    const { text } = await host.text(id);
    return /got (.*) end/.exec(text.replaceAll('\n', '')) ?? new Error(text);
  });
  return JSON.parse(got).join('');
}

/** Asks when a key comes, then says everything that came in the time after. */
const asks = (query: string) => `
  const got = [];
  process.stdin.setRawMode(true);
  process.stdin.once('data', () => {
    process.stdin.on('data', (data) => got.push(data.toString()));
    process.stdout.write('${query}');
    setTimeout(() => process.stdout.write('got ' + JSON.stringify(got) + ' end'), 300);
  });`;
const askWhenTyped = asks('\\x1b[H\\x1b[6n\\x1b[c');
const askColours = asks('\\x1b]10;?;?\\x07\\x1b]4;1;?;196;?;255;?;999;?\\x1b\\\\');

it('fifty terminals run side by side, and dispose leaves no process', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `a${index}.1`);
  const infos = await Promise.all(ids.map((id) => host.open(agentSpec(id, 'forever'))));
  await waitFor(
    'all to speak',
    async () => {
      const texts = await Promise.all(ids.map(async (id) => (await host.text(id)).text));
      return (
        texts.every((text) => text.startsWith('pid ')) || texts.filter((text) => text === '').length
      );
    },
    { timeoutMs: 30_000 },
  );
  await host.dispose();
  const alive = await Promise.all(infos.map(({ pid }) => isAlive(pid)));
  expect(alive.filter(Boolean)).toEqual([]);
  expect(await host.list()).toEqual([]);
  await expect(host.open(agentSpec('late.1', 'echo'))).rejects.toMatchObject({
    wire: { code: 'SHUTTING_DOWN' },
  });
});

/** Of one that ends by itself, before or after it is asked for. */
function exitOf(id: string): Promise<TerminalExit> {
  return waitFor(`${id} to end`, () => exits.find((exit) => exit.id === id) ?? exits.length);
}
