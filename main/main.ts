/** The desktop host: Electron's main process. What it does is in bridge/desktop.ts; here it is put together. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as electron from 'electron';
import { systemClock } from './base/clock.ts';
import { musherError, reasonOf } from './base/result.ts';
import { startDesktop } from './bridge/desktop.ts';
import type { ChooseFolder, OpenMusher } from './bridge/desktop.ts';
import { parseDesktopOptions } from './bridge/desktop-options.ts';
import { readRecent } from './bridge/recent.ts';
import { contentSecurityPolicy } from './broker/page.ts';
import { openAppData } from './compose/app-data.ts';
import { diagnosticsText, keepNewestDumps, openDesktopLog } from './compose/desktop-log.ts';
import { takeLoginEnvironment } from './compose/login-environment.ts';
import { asOpen } from './compose/projects.ts';
import { openUpdater } from './compose/updater.ts';
import {
  guardProcess,
  type OpenApp,
  openHost,
  openWelcomeHost,
  startDemo,
  type WelcomeGiven,
  whoGoesOn,
} from './host.ts';
import { findRunning } from './running.ts';
import { isHelpedByWelcome } from './serve-welcome.ts';

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

/** What was named, or dropped, or open the last time; else there is a page to choose on. */
async function openMusher(
  chooseFolder: ChooseFolder,
  dropped: string | undefined,
): Promise<OpenMusher> {
  await takeLoginEnvironment(log);
  const named = options.repo ?? dropped;
  const given = { host: 'desktop' as const, folder: homedir(), choose: chooseFolder, memory };
  if (options.demo) return open(undefined, given);
  const [last] = readRecent(memory);
  const wanted = named ?? last;
  if (wanted === undefined) return openWelcome(given);
  try {
    return await open(wanted, given);
  } catch (error) {
    // What was named is opened or said; what was open last may have been moved away, and nobody asked for it now.
    if (named !== undefined && !isHelpedByWelcome(error)) throw error;
    log.warn({ repo: wanted, reason: reasonOf(error) }, 'a repository cannot be opened');
    return openWelcome({ ...given, asked: wanted });
  }
}

async function open(repo: string | undefined, welcome: WelcomeGiven): Promise<OpenMusher> {
  const { demo, port } = options;
  const wanted = { port, demo, log, welcome, ...(repo === undefined ? {} : { repo }) };
  const running = await findRunning(wanted);
  if (running !== undefined)
    throw musherError('REPOSITORY_OPEN_ELSEWHERE', { path: repo ?? '', url: running });
  const host = await openHost(wanted);
  if (demo) await startDemo(host);
  return asMusher(host);
}

async function openWelcome(welcome: WelcomeGiven): Promise<OpenMusher> {
  const { port } = options;
  const canMove = port === undefined;
  return asMusher(await openWelcomeHost({ port, demo: false, log, welcome, canMove }));
}

function asMusher(host: OpenApp): OpenMusher {
  const { app } = host;
  repositories = () => app.projects.openProjects().length;
  const dispose: OpenMusher['dispose'] = async (how) => {
    const said = host.isDemo() || how.endAgents ? undefined : await whoGoesOn(host);
    if (said !== undefined) process.stderr.write(`${said}\n`);
    await host.dispose(how);
    await memory.settled();
  };
  return {
    ...{ projects: app.projects, waiting: app.waiting, welcome: app.welcome },
    // Its repository goes with it, and its agents.
    async open(folder) {
      if (options.demo) throw musherError('DEMO_ALONE');
      return asOpen(await app.open(folder));
    },
    get isPassing() {
      return host.isDemo();
    },
    runningAgents: async () => (host.isDemo() ? [] : app.runningAgents()),
    agentsApart: () => app.agentsApart(),
    dispose,
  };
}
