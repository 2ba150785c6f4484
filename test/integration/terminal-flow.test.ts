import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { openHostProcess } from '../harness/host-process.ts';
import {
  agentSpec,
  commandSpec,
  createTestHost,
  fastClock,
  ScreenViewer,
} from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

/** What is on its way when the pty is paused comes on top: one batch, one read, what node had read ahead. */
const slackBytes = 256 * 1024;
const highWaterBytes = 256 * 1024;
const floodLines = 40_000;

let host: Terminals;

beforeEach(() => {
  host = createTestHost();
});

afterEach(() => host.dispose());

it('a flood waits for a viewer that parses nothing, and goes on without loss when it does', async () => {
  host = createTestHost(slowClock());
  await host.open(agentSpec('a.1', 'floods', String(floodLines)));
  const viewer = await ScreenViewer.attach(host, 'a.1', { mode: 'deaf' });
  await waitFor('the flood to stand still', stoodStill(viewer));
  expect(viewer.receivedBytes).toBeLessThan(highWaterBytes + slackBytes);
  expect(viewer.exit).toBeUndefined();
  viewer.wakeUp();
  await waitFor('the end', () => viewer.exit ?? viewer.receivedBytes);
  await viewer.parsed();
  expect([viewer.restores, viewer.skips]).toEqual([1, 0]);
  expect(linesOf(viewer.output)).toBe(floodLines);
});

it('output on its way when a paused program ends is not lost', async () => {
  host = createTestHost(slowClock());
  const lines = 6000;
  await host.open(agentSpec('a.1', 'floods', String(lines)));
  const viewer = await ScreenViewer.attach(host, 'a.1', { mode: 'deaf' });
  await waitFor('the pause', stoodStill(viewer));
  viewer.wakeUp();
  await waitFor('the end', () => viewer.exit ?? viewer.receivedBytes);
  expect(linesOf(viewer.output)).toBe(lines);
  expect((await host.text('a.1')).text).toContain(`line ${lines - 1} `);
});

it('a viewer that parses nothing holds nobody up for long, and gets the screen when it wakes', async () => {
  await host.open(agentSpec('a.1', 'floods', String(floodLines)));
  const dead = await ScreenViewer.attach(host, 'a.1', { mode: 'deaf' });
  const alive = await ScreenViewer.attach(host, 'a.1');
  await waitFor('the living one to see the end', () => alive.exit ?? alive.receivedBytes, {
    timeoutMs: 30_000,
  });
  expect(linesOf(alive.output)).toBe(floodLines);
  expect(dead.receivedBytes).toBeLessThan(highWaterBytes + slackBytes);
  // Its screen is the last one, whatever it has missed.
  dead.wakeUp();
  await Promise.all([dead.parsed(), alive.parsed()]);
  expect(dead.text()).toBe(alive.text());
});

it('a viewer that was let go joins anew as soon as it has parsed what it had, and is told what it missed', async () => {
  await host.open(agentSpec('a.1', 'floods'));
  const viewer = await ScreenViewer.attach(host, 'a.1', { mode: 'deaf' });
  const started = await numberOnScreen();
  await waitFor(
    'the program to go on alone',
    async () => (await numberOnScreen()) > started + floodLines || numberOnScreen(),
    { timeoutMs: 30_000 },
  );
  viewer.wakeUp();
  await waitFor('a fresh screen', () => viewer.restores === 2 || viewer.restores);
  expect(viewer.skips).toBe(1);
  const restoredBytes = viewer.receivedBytes;
  await waitFor('live output again', () => viewer.receivedBytes > restoredBytes + highWaterBytes);
});

it('what was left out is told across the process of the host, too', async () => {
  const { terminals, dispose } = await openHostProcess();
  try {
    await terminals.open(agentSpec('a.1', 'floods'));
    const viewer = await ScreenViewer.attach(terminals, 'a.1', { mode: 'deaf' });
    const received = () => viewer.receivedBytes;
    await waitFor('the flood', () => received() > highWaterBytes || received());
    // From here on it is let go of, and the program goes on alone.
    const started = await numberOnScreen(terminals);
    await waitFor('more', async () => (await numberOnScreen(terminals)) > started + floodLines, {
      timeoutMs: 30_000,
    });
    viewer.wakeUp();
    await waitFor('a new screen', () => viewer.skips === 1 || viewer.restores);
  } finally {
    await dispose();
  }
});

it('a page that is let run once a second does not slow the program to its own pace', async () => {
  const lines = 150_000;
  await host.open(agentSpec('a.1', 'floods', String(lines)));
  const hidden = await ScreenViewer.attach(host, 'a.1', { mode: 'deaf' });
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
    hidden.wakeUp();
    hidden.mode = 'deaf';
  }, 1000);
  await waitFor('the end', () => hidden.exit ?? hidden.receivedBytes, { timeoutMs: 60_000 });
  clearInterval(timer);
  const bytes = lines * 'line 100000 the quick brown fox jumps over the lazy dog\r\n'.length;
  // Held up by it all the time, the program would have got one credit a turn.
  expect(turns).toBeLessThan(bytes / highWaterBytes / 2);
});

it('one that only watches decides nothing and holds nobody up, and gets the screen anew when it is too slow', async () => {
  await host.open(agentSpec('a.1', 'floods', String(floodLines)));
  const watching = Object.assign(new ScreenViewer({ mode: 'deaf', cols: 33, rows: 7 }), {
    isWatching: true,
  });
  watching.attachment = await host.attach('a.1', { cols: 33, rows: 7 }, watching);
  watching.attachment.resize(33, 7);
  watching.type('q');
  await waitFor(
    'the end of the flood, with nobody else there',
    async () => (await host.text('a.1')).text.includes(`line ${floodLines - 1} `),
    { timeoutMs: 30_000 },
  );
  expect(watching.receivedBytes).toBeLessThanOrEqual(highWaterBytes);
  expect((await host.text('a.1')).cols).not.toBe(33);
  watching.wakeUp();
  await waitFor('the last screen', () => watching.exit !== undefined || watching.restores);
  await watching.parsed();
  expect(watching.text()).toBe((await host.text('a.1')).text);
});

it('an echo is not queued behind another terminal’s flood', async () => {
  await host.open(agentSpec('flood.1', 'floods'));
  await host.open(agentSpec('echo.1', 'echo'));
  const flood = await ScreenViewer.attach(host, 'flood.1');
  const echo = await ScreenViewer.attach(host, 'echo.1');
  await waitFor('the program to be ready', () => echo.text().includes('ready') || echo.text());
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    const before = flood.receivedBytes;
    echo.type(key);
    await waitFor('the echo', () => echo.output.includes(`<${key}>`) || echo.output);
    // The flood may hold at most its own credit, however fast it is; that is all that can be ahead.
    expect(flood.receivedBytes - flood.parsedBytes).toBeLessThan(highWaterBytes + slackBytes);
    expect(flood.receivedBytes).toBeGreaterThanOrEqual(before);
  }
});

it('an echo goes out in one piece at once, a flood in pieces of 64 KiB at most', async () => {
  const sizes: number[] = [];
  await host.open(agentSpec('flood.1', 'floods', '20000'));
  const viewer = new ScreenViewer();
  const onData = viewer.onData.bind(viewer);
  viewer.onData = (bytes) => {
    sizes.push(bytes.length);
    onData(bytes);
  };
  viewer.attachment = await host.attach('flood.1', { cols: 80, rows: 24 }, viewer);
  await waitFor('the end', () => viewer.exit ?? viewer.receivedBytes);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
});

it('nobody watching, a flood runs as fast as the host can parse it', async () => {
  await host.open(agentSpec('a.1', 'floods', String(floodLines)));
  const { text } = await waitFor(
    'the end of the flood',
    async () => {
      const screen = await host.text('a.1');
      return screen.text.includes(`line ${floodLines - 1} `) ? screen : new Error(screen.text);
    },
    { timeoutMs: 30_000 },
  );
  expect(text.split('\n').length).toBeGreaterThan(20);
});

it('a shell that leaves children behind on its terminal still ends, with its last words', async () => {
  await host.open(commandSpec('a.1', '/bin/sh', '-c', 'sleep 60 & echo bye'));
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await waitFor('the exit', () => viewer.exit ?? viewer.text());
  expect((await host.text('a.1')).text).toBe('bye');
});

/** Time in which a viewer may long parse nothing before it is let go of. */
function slowClock() {
  return fastClock(1 / 60);
}

function linesOf(output: string): number {
  const numbers = [...output.matchAll(/^line (\d+) /gm)].map(([, number]) => Number(number));
  // Joined late, a viewer has the first lines from the restored screen.
  const [first = 0] = numbers;
  expect(numbers).toEqual(Array.from(numbers, (_, index) => first + index));
  return first + numbers.length;
}

async function numberOnScreen(of = host): Promise<number> {
  const { text } = await of.text('a.1');
  return Number(/line (\d+)/.exec(text)?.[1] ?? 0);
}

/** True when it got a flood, and nothing more between many looks. */
function stoodStill(viewer: ScreenViewer): () => boolean | number {
  let before = -1;
  let looks = 0;
  return () => {
    looks = viewer.receivedBytes === before ? looks + 1 : 0;
    before = viewer.receivedBytes;
    return (before > highWaterBytes && looks > 20) || before;
  };
}
