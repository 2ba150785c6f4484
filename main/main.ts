/** The desktop host: Electron's main process. What it does is in bridge/desktop.ts; here it is put together. */
import { join } from 'node:path';
import * as electron from 'electron';
import { systemClock } from './base/clock.ts';
import { musherError, reasonOf } from './base/result.ts';
import { startDesktop } from './bridge/desktop.ts';
import type { ChooseFolder, OpenMusher } from './bridge/desktop.ts';
import { parseDesktopOptions } from './bridge/desktop-options.ts';
import { forgetRecent, readRecent } from './bridge/recent.ts';
import { contentSecurityPolicy } from './broker/page.ts';
import { openAppData } from './compose/app-data.ts';
import { diagnosticsText, keepNewestDumps, openDesktopLog } from './compose/desktop-log.ts';
import { takeLoginEnvironment } from './compose/login-environment.ts';
import { asOpen } from './compose/projects.ts';
import { openUpdater } from './compose/updater.ts';
import { guardProcess, openHost, startDemo, whoGoesOn } from './host.ts';
import { findRunning } from './running.ts';

const dist = join(import.meta.dirname, '..');
const { log, file } = await openDesktopLog(process.env.MUSHER_LOG ?? 'warn');
const isByElectron = process.defaultApp === true;
const options = parseDesktopOptions({ argv: process.argv, folder: process.cwd(), isByElectron });
const memory = await openAppData(log);
const updater = await openUpdater(process.resourcesPath, log);
const dumps = await keepNewestDumps(electron.app.getPath('crashDumps'));
let repositories = () => 0;

const desktop = startDesktop(electron, {
  openMusher,
  ...{ options, isByElectron, memory, log },
  preload: join(dist, 'preload/index.cjs'),
  files: { folder: join(dist, 'renderer'), policy: contentSecurityPolicy },
  platform: process.platform,
  clock: systemClock,
  icons: join(dist, 'icons'),
  updater,
  isAppImage: process.env.APPIMAGE !== undefined,
  diagnostics: {
    logPath: file.path,
    text: () =>
      diagnosticsText({
        ...{ version: electron.app.getVersion(), versions: process.versions, dumps, file },
        repositories: repositories(),
      }),
  },
});

guardProcess(log, () => desktop.end());

/** What was named, or dropped, or open the last time; else the user is asked. */
async function openMusher(
  chooseFolder: ChooseFolder,
  dropped: string | undefined,
): Promise<OpenMusher | undefined> {
  await takeLoginEnvironment(log);
  const named = options.repo ?? dropped;
  if (options.demo || named !== undefined) return open(named);
  const [last] = readRecent(memory);
  if (last !== undefined) {
    try {
      return await open(last);
    } catch (error) {
      // It may have been moved away. Nobody asked for it now, so it stops nobody from opening another.
      log.warn({ repo: last, reason: reasonOf(error) }, 'what was open last cannot be opened');
      forgetRecent(memory, last);
    }
  }
  const chosen = await chooseFolder();
  return chosen === undefined ? undefined : open(chosen);
}

async function open(repo: string | undefined): Promise<OpenMusher> {
  const { demo, port } = options;
  const wanted = { port, demo, log, ...(repo === undefined ? {} : { repo }) };
  const running = await findRunning(wanted);
  if (running !== undefined)
    throw musherError('REPOSITORY_OPEN_ELSEWHERE', { path: repo ?? '', url: running });
  const host = await openHost(wanted);
  if (demo) await startDemo(host);
  const { app } = host;
  repositories = () => app.projects.openProjects().length;
  const dispose: OpenMusher['dispose'] = async (how) => {
    const said = demo || how.endAgents ? undefined : await whoGoesOn(host);
    if (said !== undefined) process.stderr.write(`${said}\n`);
    await host.dispose(how);
    await memory.settled();
  };
  return {
    ...{ projects: app.projects, waiting: app.waiting },
    // Its repository goes with it, and its agents.
    async open(folder) {
      if (demo) throw musherError('DEMO_ALONE');
      return asOpen(await app.open(folder));
    },
    isPassing: demo,
    runningAgents: async () => (demo ? [] : app.runningAgents()),
    dispose,
  };
}
