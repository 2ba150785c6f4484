// A start in a process of its own, which nothing has warmed and in which nothing else lies: `node --expose-gc open-log.ts
// <file>` opens the log, says how long that took and what memory it holds then, and stops.
import { openLogStore } from '../../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../../main/base/clock.ts';
import { silentLogger } from '../../../main/base/logger.ts';
import { openHub } from '../../../main/hub/hub.ts';
import { world } from '../../harness/hub-ports.ts';

const [, , file = ''] = process.argv;
const { features } = world();
const startedMs = performance.now();
const store = await openLogStore(file, { now: systemClock.now });
const hub = await openHub({
  ...{ features, store, clock: systemClock, random: Math.random, log: silentLogger },
});
await hub.start();
const ms = performance.now() - startedMs;
globalThis.gc?.();
const { rss, heapUsed } = process.memoryUsage();
console.log(JSON.stringify({ ms, rss, heapUsed, head: hub.head().seq }));
await hub.stop();
process.exit(0);
