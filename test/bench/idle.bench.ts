// Sixteen agents that do nothing, with a page that shows them: what all our processes (hub and terminal host) take of a core
// and of memory. Chromium's own are apart, and so are the agents' programs.
import { chromium } from '@playwright/test';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import { hostState } from '../harness/host-world.ts';
import { makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import type { Bench } from './bench.ts';
import { canMeasure, cpuSeconds, residentMb, sleepMs } from './processes.ts';

const agents = 16;
/** What starting them has left to do is over by then. */
const settleMs = 15_000;
const measuredMs = 60_000;
const limits = { corePercent: 2, memoryMb: 600 };

export const bench: Bench = {
  name: 'idle',
  async run() {
    if (!canMeasure) return [];
    const world = await makeServeWorld();
    const browser = await chromium.launch(chromiumLaunchOptions());
    try {
      const serving = await world.serve();
      const names = Array.from({ length: agents }, (_, index) => `idle-${index}`);
      for (const name of names)
        await serving.operator.command('agent.add', {
          name,
          profile: 'script',
          command: scriptedAgent('forever.mjs'),
        });
      for (const name of names) await untilAgent(serving, name, 'running');
      const page = await browser.newPage();
      await page.goto(serving.loginUrl);
      await page.evaluate(() => {
        location.hash = '#/agents';
      });
      await page
        .getByText(`idle-${agents - 1}`)
        .first()
        .waitFor();
      const { pid } = await hostState(world.repository.env);
      return await measure([serving.pid, pid]);
    } finally {
      await browser.close();
      await world.dispose();
    }
  },
};

async function measure(pids: readonly number[]) {
  await sleepMs(settleMs);
  const before = { cpu: await cpuSeconds(pids), ms: performance.now() };
  let memoryMb = 0;
  while (performance.now() - before.ms < measuredMs) {
    memoryMb = Math.max(memoryMb, await residentMb(pids));
    await sleepMs(1000);
  }
  const seconds = (performance.now() - before.ms) / 1000;
  const corePercent = (100 * ((await cpuSeconds(pids)) - before.cpu)) / seconds;
  return [
    row('idle.cpu', corePercent, limits.corePercent, '% of a core'),
    row('idle.memory', memoryMb, limits.memoryMb, 'MB'),
  ];
}

const row = (...[name, value, limit, unit]: [string, number, number, string]) => ({
  ...{ name, value, limit, unit },
  ratio: value / limit,
});
