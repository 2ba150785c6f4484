import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../main/base/clock.ts';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { Mirror, type Screen } from '../../main/terminal-host/mirror.ts';
import { SequenceTail } from '../../main/terminal-host/sequence-tail.ts';
import { randomOutput, stateOf } from '../harness/terminal-states.ts';
import { agentSpec, commandSpec, createTestHost, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

const size = { cols: 40, rows: 12 };

let host: Terminals;

beforeEach(() => {
  host = createTestHost();
});

afterEach(() => host.dispose());

it('a viewer that joins between any two bytes sees what the mirror sees, then and later', async () => {
  const cases = fc.tuple(randomOutput(120), fc.nat());
  await fc.assert(
    fc.asyncProperty(cases, async ([text, place]) => {
      const bytes = Buffer.from(text);
      const cut = place % (bytes.length + 1);
      const { mirror, tail } = createMirror();
      tail.push(bytes.subarray(0, cut));
      mirror.write(bytes.subarray(0, cut));
      await mirror.settled();
      const viewer = new ScreenViewer(size);
      viewer.onRestore(await screenOf(mirror));
      await viewer.parsed();
      expect(stateOf(viewer.terminal)).toEqual(stateOf(mirror.terminal));
      mirror.write(bytes.subarray(cut));
      viewer.onData(Buffer.concat([tail.bytes(), bytes.subarray(cut)]));
      await Promise.all([mirror.settled(), viewer.parsed()]);
      expect(stateOf(viewer.terminal)).toEqual(stateOf(mirror.terminal));
      mirror.dispose();
    }),
    { numRuns: 400 },
  );
});

it('a full scrollback is taken over many turns, and what is said meanwhile comes after it', async () => {
  let nowMs = 0;
  let turns = 0;
  const clock: Clock = {
    ...systemClock,
    // Whoever looks at it has used up the time of a turn.
    elapsed: () => (nowMs += 5),
    soon: (fn) => {
      turns += 1;
      return systemClock.soon(fn);
    },
  };
  const { mirror } = createMirror(clock);
  mirror.write(Buffer.from(Array.from({ length: 3_000 }, (_, n) => `line ${n}\r\n`).join('')));
  await mirror.settled();
  turns = 0;
  const taken = screenOf(mirror);
  mirror.write(Buffer.from('said meanwhile'));
  mirror.resize(50, 20);
  const screen = await taken;
  expect(turns).toBeGreaterThan(20);
  expect(screen).toMatchObject(size);
  expect(screen.data).toContain('line 2999');
  expect(screen.data).not.toContain('said meanwhile');
  await mirror.settled();
  expect(mirror.text()).toContain('said meanwhile');
  const gone = new Promise((resolve) => mirror.screenInOrder(resolve));
  mirror.dispose();
  expect(await gone).toBeUndefined();
});

it('who joins while another resizes gets the screen at the size that holds', async () => {
  const program =
    'for (let n = 0; n < 6000; n++) console.log("line " + n); setInterval(() => {}, 1e9)';
  await host.open(commandSpec('a.1', process.execPath, '-e', program));
  const first = await ScreenViewer.attach(host, 'a.1', { cols: 60, rows: 15 });
  await waitFor('a full scrollback', () => first.text().includes('5999'));
  const [second, third] = await Promise.all([
    ScreenViewer.attach(host, 'a.1', { cols: 60, rows: 15 }),
    ScreenViewer.attach(host, 'a.1', { cols: 70, rows: 20 }),
  ]);
  await waitFor('the same screen everywhere', async () => {
    await Promise.all([first, second, third].map((viewer) => viewer.parsed()));
    return [first, second, third].every(
      ({ terminal: { cols, rows } }) => cols === 70 && rows === 20,
    );
  });
  expect(stateOf(second.terminal)).toEqual(stateOf(third.terminal));
});

it.each([
  ['a sequence', '\x1b[3', '\x1b[3'],
  ['a sequence with a line feed in it', '\x1b[3\n1', '\x1b[31'],
  ['a whole character', '日', ''],
  ['a title', 'x\x1b]2;tit', '\x1b]2;tit'],
  ['a title that its escape has ended', '\x1b]2;tit\x1b', '\x1b'],
  ['a device string with a bell in it', '\x1bPq\x07', '\x1bPq\x07'],
  ['an aborted sequence', '\x1b[3\x18', ''],
  ['a sequence by C1', '\u009b3', '\u009b3'],
  ['a string that no character beyond ASCII may be in', '\x1b_\x07é', ''],
])('the unfinished part of %s is known', (_, text, expected) => {
  const tail = new SequenceTail();
  for (const byte of Buffer.from(text)) tail.push(Uint8Array.of(byte));
  expect(Buffer.from(tail.bytes()).toString()).toBe(expected);
});

it('of a sequence without end only its head is kept', () => {
  const tail = new SequenceTail();
  tail.push(Buffer.from('\x1b]1337;File='));
  for (let count = 0; count < 40; count++) tail.push(Buffer.alloc(4096, 'a'));
  // It is heard by nobody, however it ends.
  expect(Buffer.from(tail.bytes()).toString()).toBe('\x1b]x');
  tail.push(Buffer.from('\x07'));
  expect(tail.bytes()).toHaveLength(0);
});

it('modes that a program set are there for who comes later', async () => {
  await host.open(agentSpec('a.1', 'alt-screen'));
  await waitFor('the first frame', async () => /frame 0/.test((await host.text('a.1')).text));
  const viewer = await ScreenViewer.attach(host, 'a.1', { cols: 60, rows: 15 });
  await waitFor('a frame at its size', () => viewer.text().includes('60x15') || viewer.text());
  const late = await ScreenViewer.attach(host, 'a.1', { cols: 60, rows: 15 });
  await late.parsed();
  expect(late.output).toBe('');
  expect(stateOf(late.terminal)).toEqual(stateOf(viewer.terminal));
  expect(stateOf(late.terminal)).toMatchObject({
    screen: 'alternate',
    cursor: { isHidden: true },
    modes: {
      mouseTrackingMode: 'drag',
      mouseEncoding: 'SGR',
      bracketedPasteMode: true,
      applicationCursorKeysMode: true,
    },
  });
  late.type('q');
  await waitFor('the normal screen', () => late.text() === 'before' || late.text());
});

it('viewers that join while output pours in all end with the same screen', async () => {
  const [text = ''] = fc.sample(randomOutput(3000), { seed: 7, numRuns: 1 });
  const write = `
    const bytes = Buffer.from(process.env.DATA, 'base64');
    let at = 0;
    (function next() {
      if (at >= bytes.length) return;
      process.stdout.write(bytes.subarray(at, at += 61), () => setImmediate(next));
    })();`;
  const spec = commandSpec('a.1', process.execPath, '-e', write);
  const env = { ...spec.env, DATA: Buffer.from(text).toString('base64') };
  await host.open({ ...spec, ...size, env });
  const viewers = [await ScreenViewer.attach(host, 'a.1', size)];
  const [first] = viewers;
  for (let count = 0; count < 12; count++) {
    const before = first?.receivedBytes ?? 0;
    await waitFor('more output', () => (first?.receivedBytes ?? 0) > before || first?.exit);
    viewers.push(await ScreenViewer.attach(host, 'a.1', size));
  }
  await waitFor('the end', () => viewers.every(({ exit }) => exit));
  await Promise.all(viewers.map((viewer) => viewer.parsed()));
  const [expected, ...states] = viewers.map(({ terminal }) => stateOf(terminal));
  for (const state of states) expect(state).toEqual(expected);
});

it('output that breaks the parser breaks nothing else', async () => {
  const { mirror } = createMirror();
  // Erasing up to the last cell of a screen that has no line below it.
  mirror.write(Buffer.from('\x1b[?1049hx\x1b[99;99H\x1b[1Jafter'));
  await mirror.settled();
  expect(mirror.text()).toBe(`${'\n'.repeat(size.rows - 2)}${' '.repeat(size.cols - 1)}a\nfter`);
});

it('a mirror that goes away answers everybody who waits for it', async () => {
  const { mirror } = createMirror();
  mirror.write(Buffer.alloc(1_000_000, 'x'));
  const waiting = [mirror.settled(), mirror.settled()];
  mirror.dispose();
  expect(await Promise.all([...waiting, mirror.settled()])).toEqual([false, false, false]);
});

async function screenOf(mirror: Mirror) {
  const screen = await new Promise<Screen | undefined>((resolve) => mirror.screenInOrder(resolve));
  if (screen === undefined) throw new Error('the mirror is gone');
  return screen;
}

function createMirror(clock: Clock = systemClock) {
  const mirror = new Mirror({
    ...size,
    clock,
    onProgress() {},
    onReply() {},
    onDefect(error) {
      throw error;
    },
  });
  return { mirror, tail: new SequenceTail() };
}
