/** The door of the welcome page, on this machine and this app. */
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { toWireError } from '../../preload/contract/errors.ts';
import { createConfirmations } from '../adapters/confirmations.ts';
import type { Git } from '../adapters/git/run.ts';
import type { UserData } from '../adapters/user-data.ts';
import { lookAtFolder } from '../adapters/welcome/look-folder.ts';
import { makeRepository } from '../adapters/welcome/make-repository.ts';
import { offerFolders } from '../adapters/welcome/offer-folders.ts';
import { absoluteOf } from '../adapters/welcome/typed-path.ts';
import { systemClock } from '../base/clock.ts';
import type { DesktopMemory } from '../bridge/desktop-memory.ts';
import { addRecent, forgetRecent, readRecent } from '../bridge/recent.ts';
import { probePort } from '../broker/probe.ts';
import { examine } from '../features/doctor/index.ts';
import { placesOf, welcomeDoor } from '../features/welcome/index.ts';
import type { WelcomePorts } from '../features/welcome/ports.ts';
import type { Door } from '../hub/door.ts';
import { doctorMachine } from './doctor.ts';
import type { Project } from './project.ts';
import type { Projects } from './projects.ts';

/** What a host gives that lets a repository be chosen. */
export interface WelcomeOptions {
  readonly host: WelcomePorts['host'];
  /** Where it was started: what is typed without a beginning goes on from there. */
  readonly folder: string;
  /** What the page begins with; left out: nothing. */
  readonly asked?: string | undefined;
  /** The system's own dialog. */
  readonly choose?: () => Promise<string | undefined>;
  /** Makes the demo's repository, and what is to happen once it is open. */
  makeDemo(): Promise<{ readonly repo: string; start(project: Project): Promise<void> }>;
  /** Where recent folders are kept; left out: with the app's own data. */
  readonly memory?: DesktopMemory;
  /** Told after a repository was opened by the page. */
  readonly onChosen?: (project: Project) => void;
}

export interface WelcomeParts {
  readonly projects: Projects;
  readonly data: UserData;
  readonly git: Git;
  readonly port: () => number;
  readonly version: string;
}

/** What the page shows of the doctor's checks: what agents are started with. */
const programChecks = ['git', 'cli', 'shell'];

export async function openWelcome(options: WelcomeOptions, parts: WelcomeParts): Promise<Door> {
  const { projects, data, git } = parts;
  const { memory = data } = options;
  const home = await realpath(homedir()).catch(homedir);
  const from = { home, folder: options.folder };
  const around = { userFolder: path.dirname(data.file), platform: process.platform };
  const absolute = (typed: string) => absoluteOf(typed, from);
  const ports: WelcomePorts = {
    ...{ host: options.host, home, asked: options.asked, choose: options.choose },
    look: (typed, signal) =>
      lookAtFolder(absolute(typed), {
        ...{ git, signal },
        isOpenHere: (root) => projects.list().some((one) => one.root === root),
        hasOpen: (url, root) => hasOpen(url, root, parts.port()),
      }),
    folders: (typed, signal) => offerFolders(typed, from, signal),
    recent: () => readRecent(memory),
    forget: (typed) => forgetRecent(memory, typed),
    places: (repository) => placesOf(around, repository),
    async programs(signal) {
      const machine = doctorMachine({
        ...{ folder: home, port: parts.port(), git, version: parts.version },
        confirmed: createConfirmations(data),
      });
      return (await examine({ machine, clock: systemClock, signal, only: programChecks })).checks;
    },
    async open(typed) {
      const project = await projects.open(absolute(typed));
      addRecent(memory, project.root);
      return chosen(options, project);
    },
    make: (folder, { isRepository, signal }) =>
      makeRepository(folder, { git, isRepository, signal }),
    async openDemo() {
      const { repo, start } = await options.makeDemo();
      const project = await projects.openAlone(repo);
      await start(project);
      return chosen(options, project);
    },
    demoObstacle() {
      const [other] = projects.list();
      return other && toWireError('DEMO_BESIDE', { path: other.root });
    },
  };
  return welcomeDoor(ports, systemClock);
}

function chosen({ onChosen }: WelcomeOptions, project: Project) {
  onChosen?.(project);
  return { project: project.id, root: project.root };
}

async function hasOpen(url: string, root: string, ownPort: number): Promise<boolean> {
  const port = Number(URL.parse(url)?.port);
  if (!Number.isInteger(port) || port === 0 || port === ownPort) return false;
  const probe = await probePort(port);
  return probe.kind === 'musher' && probe.repositories.includes(root);
}
