/** The desktop host: Electron's main process. What it does is in bridge/desktop.ts; here it is put together. */
import { join } from 'node:path';
import * as electron from 'electron';
import { systemClock } from './base/clock.ts';
import { musherError } from './base/result.ts';
import { startDesktop } from './bridge/desktop.ts';
import type { ChooseFolder, OpenMusher } from './bridge/desktop.ts';
import { noteForSecond, parseDesktopOptions } from './bridge/desktop-options.ts';
import { contentSecurityPolicy } from './broker/page.ts';
import { guardProcess, openHost, openHostLog, startDemo, whoGoesOn } from './host.ts';
import { findRunning } from './running.ts';

const dist = join(import.meta.dirname, '..');
const log = openHostLog();
const options = parseDesktopOptions(process.argv, process.cwd());

guardProcess(log, () => electron.app.quit());

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
  const { demo, port } = options;
  const repo = demo ? undefined : (options.repo ?? (await chooseFolder()));
  if (!demo && repo === undefined) return undefined;
  const wanted = { port, demo, log, ...(repo === undefined ? {} : { repo }) };
  const running = await findRunning(wanted);
  if (running !== undefined)
    throw musherError('REPOSITORY_OPEN_ELSEWHERE', { path: repo ?? '', url: running });
  const host = await openHost(wanted);
  if (demo) await startDemo(host);
  const { door, terminals } = host.project;
  const dispose = async () => {
    const said = demo ? undefined : await whoGoesOn(host);
    if (said !== undefined) process.stderr.write(`${said}\n`);
    await host.dispose();
  };
  return { door, terminals, dispose };
}
