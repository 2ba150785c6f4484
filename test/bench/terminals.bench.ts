// How much the terminal host costs, in its own process, between a pty and a viewer in this one, beside a bare pty and a bare
// parser; and how soon a key's echo is back while another terminal floods.
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { openHostProcess } from '../harness/host-process.ts';
import { agentSpec, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';
import type { Bench } from './bench.ts';
import {
  endOf,
  floodBytes,
  megabyte,
  onceParsed,
  parseRate,
  rateOf,
  readBarePty,
  spawnBare,
} from './flood.ts';
import { at, median } from './load.ts';
import { longestStall } from './stall.ts';

const lines = 200_000;
const rounds = 3;
const keys = 200;
const patience = { timeoutMs: 60_000 };

export const bench: Bench = {
  name: 'terminals',
  async run() {
    const rates = {
      hosted: [] as number[],
      watched: [] as number[],
      pty: [] as number[],
      parser: [] as number[],
    };
    for (let round = 0; round < rounds; round++) {
      const { parts, rate } = await readBarePty(lines);
      rates.pty.push(rate);
      rates.parser.push(await parseRate(parts));
      rates.hosted.push(await floodRate(false));
      rates.watched.push(await floodRate(true));
    }
    const [pty, parser] = [median(rates.pty), median(rates.parser)];
    const hosted = median(rates.hosted);
    const watched = median(rates.watched);
    // Every byte is parsed by the mirror, and beside it by the viewer, which is in this process.
    const limit = onceParsed(pty, parser);
    return [
      { name: 'terminals.pty', value: pty, unit: 'MB/s' },
      { name: 'terminals.parser', value: parser, unit: 'MB/s' },
      {
        name: 'terminals.flood',
        value: hosted,
        unit: 'MB/s',
        limit,
        ratio: hosted / limit,
      },
      {
        name: 'terminals.flood.watched',
        value: watched,
        unit: 'MB/s',
        limit,
        ratio: watched / limit,
      },
      ...(await echoDelays()),
      ...(await restoreCost()),
      ...(await switchDelays()),
    ];
  },
};

/** From the start of the program to its last line, parsed by the mirror and, when watched, by the viewer. */
async function floodRate(isWatched: boolean): Promise<number> {
  const { terminals: host, dispose } = await openHostProcess();
  const ended = new Promise<void>((resolve) => host.onExit(() => resolve()));
  const startMs = performance.now();
  await host.open(agentSpec('flood.1', 'floods', String(lines)));
  const viewer = isWatched ? await ScreenViewer.attach(host, 'flood.1') : undefined;
  await ended;
  await viewer?.parsed();
  const rate = rateOf(floodBytes(lines), performance.now() - startMs);
  await dispose();
  return rate;
}

async function echoDelays() {
  const { terminals: host, dispose } = await openHostProcess();
  await host.open(agentSpec('echo.1', 'echo'));
  const viewer = await ScreenViewer.attach(host, 'echo.1');
  await waitFor('the program to be ready', () => viewer.text().includes('ready'), patience);
  const quiet = await timeKeys(
    (key) => viewer.type(key),
    (seen) => onOutput(viewer, seen),
  );
  await host.open(agentSpec('flood.1', 'floods'));
  const flood = await ScreenViewer.attach(host, 'flood.1');
  await waitFor('the flood', () => flood.receivedBytes > megabyte, patience);
  const busy = await timeKeys(
    (key) => viewer.type(key),
    (seen) => onOutput(viewer, seen),
  );
  await dispose();
  const bare = await bareEchoDelays();
  const row = (name: string, delays: number[], share: number) => {
    const [value, limit] = [at(delays, share), at(bare, share)];
    return {
      name: `terminals.echo.${name}.p${share * 100}`,
      value,
      unit: 'ms',
      limit,
      ratio: value / limit,
    };
  };
  return [
    row('quiet', quiet, 0.5),
    row('quiet', quiet, 0.95),
    row('flooded', busy, 0.5),
    row('flooded', busy, 0.95),
  ];
}

async function bareEchoDelays(): Promise<number[]> {
  const pty = spawnBare('echo');
  const listeners = new Set<() => void>();
  let isReady = false;
  pty.onData(() => {
    isReady = true;
    for (const listener of listeners) listener();
  });
  await waitFor('the program to be ready', () => isReady, patience);
  const delays = await timeKeys(
    (key) => pty.write(key),
    (seen) => {
      listeners.add(seen);
      return () => listeners.delete(seen);
    },
  );
  const ended = endOf(pty, () => {});
  pty.write('q');
  await ended;
  return delays;
}

/** One key after the other: when its echo is there, the next is typed. Sorted. */
async function timeKeys(
  type: (key: string) => void,
  listen: (seen: () => void) => () => void,
): Promise<number[]> {
  const delays: number[] = [];
  for (let count = 0; count < keys; count++) {
    const startMs = performance.now();
    await new Promise<void>((resolve) => {
      const stop = listen(() => {
        stop();
        resolve();
      });
      type('x');
    });
    delays.push(performance.now() - startMs);
  }
  return delays.sort((a, b) => a - b);
}

function onOutput(viewer: ScreenViewer, seen: () => void): () => void {
  const { onData } = viewer;
  viewer.onData = (bytes) => {
    onData.call(viewer, bytes);
    seen();
  };
  return () => {
    viewer.onData = onData;
  };
}

/** Joining a terminal whose scrollback is full. */
async function restoreCost() {
  const { terminals: host, dispose } = await openHostProcess();
  const costs: number[] = [];
  const stalls: number[] = [];
  let sizeBytes = 0;
  const full = await openFull(host);
  for (let round = 0; round < 10; round++) {
    const viewer = new ScreenViewer();
    let startMs = 0;
    viewer.onRestore = ({ data }) => {
      costs.push(performance.now() - startMs);
      sizeBytes = data.length;
    };
    const stall = await longestStall(async () => {
      // The watch on the loop needs a turn before.
      await new Promise((resolve) => setTimeout(resolve, 10));
      startMs = performance.now();
      (await host.attach(full, { cols: 80, rows: 24 }, viewer)).detach();
    });
    stalls.push(stall);
  }
  await dispose();
  const stall = median(stalls);
  return [
    { name: 'terminals.restore', value: median(costs), unit: 'ms' },
    { name: 'terminals.restore.stall', value: stall, unit: 'ms', limit: 20, ratio: stall / 20 },
    { name: 'terminals.restore.size', value: sizeBytes / 1024, unit: 'KiB' },
  ];
}

/** Coming to a terminal while sixteen live: until its screen is parsed here. */
async function switchDelays() {
  const { terminals: host, dispose } = await openHostProcess();
  const ids = Array.from({ length: 16 }, (_, index) => `live${index}.1`);
  for (const id of ids) await host.open(agentSpec(id, 'busy'));
  const delays: number[] = [];
  for (let count = 0; count < 5 * ids.length; count++) {
    const startMs = performance.now();
    const viewer = await ScreenViewer.attach(host, ids[count % ids.length] ?? '');
    await viewer.parsed();
    delays.push(performance.now() - startMs);
    viewer.attachment?.detach();
  }
  await dispose();
  const value = at(
    delays.sort((a, b) => a - b),
    0.95,
  );
  return [{ name: 'terminals.switch.p95', value, unit: 'ms', limit: 60, ratio: value / 60 }];
}

/** A terminal that runs on with everything it keeps. */
async function openFull(host: Terminals): Promise<string> {
  const spec = agentSpec('full.1', 'floods', '6000');
  const script = spec.args.join(' ');
  await host.open({
    ...spec,
    program: '/bin/sh',
    args: ['-c', `${spec.program} ${script}; exec cat`],
  });
  await waitFor(
    'a full screen',
    async () => (await host.text('full.1')).text.includes('line 5999'),
    patience,
  );
  return 'full.1';
}
