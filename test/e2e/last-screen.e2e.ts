// The terminal host is killed: the page shows what its agents showed last, also a page that comes later.

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { killHost } from '../harness/host-world.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld, untilAgent } from '../harness/serve-world.ts';
import { expectOnScreen, goTo, openMusher, terminalOf } from './musher-page.ts';

let world: ServeWorld;

test.beforeEach(async () => {
  world = await makeServeWorld();
});
test.afterEach(() => world.dispose());

async function recorded(): Promise<string> {
  const folder = join(dirname(world.logFile), 'recordings');
  const files = await readdir(folder).catch(() => []);
  const texts = files.map((file) => readFile(join(folder, file), 'utf8'));
  return (await Promise.all(texts)).join('');
}

test('an agent whose terminal host was killed keeps its last screen, over a reload and a new Musher', async ({
  page,
}) => {
  const serving = await world.serve();
  const command = ['sh', '-c', 'echo its last words; exec sleep 1000'];
  await serving.operator.command('agent.add', { name: 'brief', profile: 'script', command });
  await untilAgent(serving, 'brief', 'running');
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/brief');
  await expectOnScreen(terminalOf(page, 'brief'), 'its last words');
  await expect.poll(recorded).toContain('its last words');

  await killHost(world.repository.env);
  await expect(page.getByText(/nobody saw how/).first()).toBeVisible();
  await expectOnScreen(terminalOf(page, 'brief'), 'its last words');
  await page.reload();
  await expectOnScreen(terminalOf(page, 'brief'), 'its last words');

  await Promise.all([serving.kill('SIGKILL'), killHost(world.repository.env)]);
  const again = await world.serve();
  await openMusher(page, again);
  await goTo(page, '#/agents/agent/brief');
  await expectOnScreen(terminalOf(page, 'brief'), 'its last words');
  await expect(page.getByRole('button', { name: /Start/ }).first()).toBeVisible();
});
