/** The desktop host: Electron's main process. What it does is in bridge/desktop.ts; here it is put together. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as electron from 'electron';
import { systemClock } from './base/clock.ts';
import { startDesktop } from './bridge/desktop.ts';
import type { ChooseFolder, OpenMusher } from './bridge/desktop.ts';
import { noteForSecond, parseDesktopOptions } from './bridge/desktop-options.ts';
import { contentSecurityPolicy } from './broker/page.ts';
import { compose, openLog } from './compose.ts';

const defaultPort = 9119;
const dist = join(import.meta.dirname, '..');
const log = openLog(process.env.MUSHER_LOG ?? 'warn');
const options = parseDesktopOptions(process.argv, process.cwd());

// A defect ends what it was part of, not the agents: what the hub holds is consistent after every commit.
process.on('uncaughtException', (err) => log.error({ err }, 'nobody caught a defect'));
process.on('unhandledRejection', (err) => log.error({ err }, 'nobody caught a defect'));

// Not awaited here: Electron is not ready before this module has run to its end.
void startDesktop(electron, {
  openMusher,
  onSecondInstance: (argv, folder) => noteForSecond(options, parseDesktopOptions(argv, folder)),
  preload: join(dist, 'preload/index.cjs'),
  files: { folder: join(dist, 'renderer'), policy: contentSecurityPolicy },
  platform: process.platform,
  clock: systemClock,
  log,
});

async function openMusher(chooseFolder: ChooseFolder): Promise<OpenMusher | undefined> {
  const repo = options.demo ? await makeDemo() : (options.repo ?? (await chooseFolder()));
  if (repo === undefined) return undefined;
  const musher = await compose({ repo, port: options.port ?? defaultPort, log });
  if (options.demo) {
    const { addDemoAgents } = await import('./demo/demo-agents.ts');
    await addDemoAgents(musher.door);
  }
  return musher;
}

async function makeDemo(): Promise<string> {
  const { makeDemoRepository } = await import('./demo/demo-repository.ts');
  return makeDemoRepository(await mkdtemp(join(tmpdir(), 'musher-demo-')));
}
