// Whether memory stays flat under mixed load: floods that begin and end, screens that are resized, viewers that come and go,
// agents that are restarted, pastes, messages. A minute in a run of all benches; MUSHER_BENCH_MINUTES=30 is the long one.
//
// The bound is a slope. At length it is 1 MB a minute, which an app that is open all day could afford. Over a minute the
// garbage of V8 alone bends a line by several: the short run is bounded by 20, below a leak of a screen for each terminal
// that ends (about 0.5 MB, once or twice a second), or of one for each viewer that comes.
import { beside, hostState } from '../harness/host-world.ts';
import type { Serving } from '../harness/serve.ts';
import { agentRecord, makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import { ScreenViewer } from '../harness/terminals.ts';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { waitFor } from '../harness/wait.ts';
import type { Bench } from './bench.ts';
import { canMeasure, residentMb, sleepMs, slopePerMinute } from './processes.ts';

//
// The hub runs with a small young generation: V8 shrinks it to 4 MB where little is done and lets it grow to 52 again over the next
// half hour, which is a slope of 1 to 2 MB a minute with nothing behind it. What is held is old, and lies elsewhere.
const minutes = Number(process.env.MUSHER_BENCH_MINUTES ?? 1);
/** So many terminals end before anything is measured: the host keeps the last screens of fifty. */
const warmEnds = 80;
/** So often is a screen resized before anything is measured: twice through all widths, because a scrollback holds the widest it had. */
const warmResizes = 280;
/** What a viewer counts above the screen once a scrollback is full. */
const fullScrollback = 5000;
const sampleMs = 1000;
const bound = minutes >= 20 ? 1 : 20;
const heldOnly = { NODE_OPTIONS: '--max-semi-space-size=2' };
const patience = { timeoutMs: 60_000 };
const busy = ['busy-1', 'busy-2', 'busy-3', 'busy-4'];

interface Load {
  readonly serving: Serving;
  readonly watcher: Terminals;
  isOver: boolean;
  /** Of terminals, so far. */
  ends: number;
  /** Of screens, so far. */
  resizes: number;
}

export const bench: Bench = {
  name: 'mixed',
  async run() {
    if (!canMeasure) return [];
    const world = await makeServeWorld();
    const watcher = beside(world.repository.env);
    try {
      const serving = await world.serve({ env: { ...world.repository.env, ...heldOnly } });
      await addAgents(serving);
      const load: Load = { serving, watcher, isOver: false, ends: 0, resizes: 0 };
      const { pid } = await hostState(world.repository.env);
      const loads = [floods, resizes, visits, restarts, words].map((begin) => begin(load));
      const working = Promise.all(loads).then(() => Promise.reject(new Error('the load ended')));
      const rows = await Promise.race([measure(load, { host: pid, hub: serving.pid }), working]);
      load.isOver = true;
      await Promise.all(loads);
      await working.catch(() => undefined);
      return rows;
    } finally {
      await watcher.dispose();
      await world.dispose();
    }
  },
};

async function measure(load: Load, pids: Readonly<Record<'host' | 'hub', number>>) {
  await untilWarm(load);
  const samples = { host: [] as Sample[], hub: [] as Sample[] };
  const untilMs = performance.now() + minutes * 60_000;
  while (performance.now() < untilMs) {
    for (const name of ['host', 'hub'] as const)
      samples[name].push({ atMs: performance.now(), value: await residentMb([pids[name]]) });
    await sleepMs(sampleMs);
  }
  return [
    ...rowsOf('host', samples.host),
    ...rowsOf('hub', samples.hub),
    { name: 'mixed.ends', value: load.ends, unit: 'terminals' },
  ];
}

/** What fills up to its bound is full, so that what still grows is a leak. */
async function untilWarm(load: Load): Promise<void> {
  const isWorn = () => load.ends >= warmEnds && load.resizes >= warmResizes;
  await waitFor('enough ends and resizes', isWorn, { timeoutMs: 600_000 });
  for (const name of [...busy, 'echo']) {
    const isFull = async () => {
      const viewer = await viewerOf(load, name);
      await viewer.parsed();
      const { baseY } = viewer.terminal.buffer.normal;
      leave(viewer);
      if (baseY < fullScrollback) await sleepMs(1000);
      return baseY >= fullScrollback || `${name} has ${baseY} lines`;
    };
    await waitFor('a full scrollback', isFull, { timeoutMs: 600_000 });
  }
}

interface Sample {
  readonly atMs: number;
  readonly value: number;
}

function rowsOf(name: string, samples: readonly Sample[]) {
  const slope = slopePerMinute(samples);
  return [
    {
      name: `mixed.${name}.slope`,
      value: slope,
      unit: 'MB/min',
      limit: bound,
      ratio: slope / bound,
    },
    {
      name: `mixed.${name}.peak`,
      value: Math.max(...samples.map(({ value }) => value)),
      unit: 'MB',
    },
  ];
}

async function addAgents(serving: Serving): Promise<void> {
  const add = (name: string, command: string[], start = true) =>
    serving.operator.command('agent.add', { name, profile: 'script', command, start });
  for (const name of [...busy, 'restarted']) await add(name, scriptedAgent('busy.mjs'));
  await add('echo', scriptedAgent('echo.mjs'));
  // 1.1 MB, more than is kept of it.
  await add('flood', scriptedAgent('floods.mjs', '20000'), false);
  for (const name of [...busy, 'restarted', 'echo']) await untilAgent(serving, name, 'running');
  await untilAgent(serving, 'flood', 'stopped');
}

async function floods(load: Load): Promise<void> {
  const { serving } = load;
  while (!load.isOver) {
    const { session } = await agentRecord(serving, 'flood');
    await serving.operator.command('agent.start', { agent: 'flood' });
    await waitFor(
      'the flood to end',
      async () => {
        const record = await agentRecord(serving, 'flood');
        return record.session > session && record.state === 'stopped' && record.exit !== undefined;
      },
      patience,
    );
    load.ends += 1;
  }
}

async function resizes(load: Load): Promise<void> {
  const viewer = await viewerOf(load, 'busy-1');
  for (let round = 0; !load.isOver; round++) {
    viewer.attachment?.resize(60 + ((round * 37) % 140), 15 + ((round * 13) % 45));
    load.resizes = round;
    await sleepMs(200);
  }
  leave(viewer);
}

async function visits(load: Load): Promise<void> {
  for (let round = 0; !load.isOver; round++) {
    const viewer = await viewerOf(load, busy[round % busy.length] ?? '');
    await viewer.parsed();
    leave(viewer);
    await sleepMs(50);
  }
}

async function restarts(load: Load): Promise<void> {
  const { serving } = load;
  while (!load.isOver) {
    const { session } = await agentRecord(serving, 'restarted');
    await serving.operator.command('agent.restart', { agent: 'restarted' });
    await waitFor(
      'the restart',
      async () => {
        const record = await agentRecord(serving, 'restarted');
        return record.session > session && record.state === 'running';
      },
      patience,
    );
    load.ends += 1;
    await sleepMs(2000);
  }
}

async function words(load: Load): Promise<void> {
  const { operator } = load.serving;
  for (let round = 0; !load.isOver; round++) {
    await operator.command('agent.type', {
      agent: 'echo',
      text: `word ${round} ${'x'.repeat(2000)}`,
    });
    await operator.command('message.send', { to: 'echo', body: `message ${round}` });
    await sleepMs(500);
  }
}

async function viewerOf({ watcher }: Load, name: string): Promise<ScreenViewer> {
  const found = (await watcher.list()).find(({ id }) => id.includes(`/${name}.`));
  return ScreenViewer.attach(watcher, found?.id ?? '');
}

function leave(viewer: ScreenViewer): void {
  viewer.attachment?.detach();
  viewer.terminal.dispose();
}
