// A desktop host under the stand-in, with a hub of memory behind it.

import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { silentLogger } from '../../../main/base/logger.ts';
import { startDesktop } from '../../../main/bridge/desktop.ts';
import type { DesktopDeps, OpenMusher, RunningDesktop } from '../../../main/bridge/desktop.ts';
import type { AgentsApart } from '../../../main/bridge/update-state.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { OpenProject } from '../../../preload/contract/bridge.ts';
import { musherError } from '../../../main/base/result.ts';
import { TestClock } from '../clock.ts';
import { MemoryDoor } from '../bridge/memory-door.ts';
import { MemoryTerminals } from '../bridge/memory-terminals.ts';
import { ElectronStandIn } from './stand-in.ts';
import type { StandInWindow } from './stand-in-window.ts';

export class TestDesktop {
  readonly standIn = new ElectronStandIn();
  readonly door = new MemoryDoor();
  readonly terminals = new MemoryTerminals();
  readonly clock = new TestClock();
  /** What happened to the hub, in order. */
  readonly hub: string[] = [];
  /** Holds the built renderer; beside it lies a file that nobody may read. */
  readonly folder: string;
  readonly deps: DesktopDeps;
  /** What closing the hub takes. */
  close: () => Promise<void> = async () => {};
  /** Names of agents that work. */
  running: string[] | Promise<string[]> = [];
  /** Whether they live in a terminal host with a program of its own. */
  apart: AgentsApart | Promise<AgentsApart> = { isApart: false };
  /** How much waits for the operator. */
  readonly waiting = Object.assign(new EventEmitter(), {
    count: 0,
    items: new Map<string, readonly WaitingItem[]>(),
  });
  /** What was remembered. */
  readonly memory = new Map<string, string>();
  private readonly projects: OpenProject[] = [];

  constructor(folder: string, deps: Partial<DesktopDeps>) {
    this.folder = folder;
    this.deps = {
      openMusher: async (_choose, dropped) => {
        this.hub.push('opened');
        this.add(dropped ?? '/home/me/shop');
        return this.musher;
      },
      options: { repo: undefined, link: undefined, port: undefined, demo: false },
      isByElectron: true,
      memory: {
        value: (name) => this.memory.get(name),
        setValue: (name, value) => void this.memory.set(name, value),
      },
      preload: '/app/preload.cjs',
      files: { folder: join(folder, 'renderer'), policy: "default-src 'none'" },
      platform: 'linux',
      clock: this.clock,
      log: silentLogger,
      diagnostics: { logPath: '/logs/desktop.log', text: async () => 'Musher 1.2.3 …' },
      icons: '/app/icons',
      isAppImage: false,
      ...deps,
    };
  }

  /** Up to the first window, or to where there will be none. */
  async start(): Promise<RunningDesktop> {
    const started = startDesktop(this.standIn.module, this.deps);
    this.standIn.app.becomeReady();
    await started.opened;
    return started;
  }

  /** What the desktop has of the hub. Folders with `no` in them are no repositories. */
  get musher(): OpenMusher {
    return {
      projects: {
        openProjects: () => this.projects,
        onOpened: () => () => {},
        named: (id) =>
          id === null || this.projects.some((one) => one.id === id)
            ? { door: this.door, terminals: this.terminals }
            : undefined,
      },
      open: async (folder) => {
        if (folder.includes('no')) throw musherError('REPOSITORY_INVALID', { path: folder });
        return this.add(folder);
      },
      runningAgents: async () => this.running,
      agentsApart: async () => this.apart,
      waiting: {
        count: () => this.waiting.count,
        byProject: () =>
          this.projects.map(({ id }) => ({
            ...{ project: id, agents: [] },
            waiting: this.waiting.items.get(id) ?? [],
          })),
        onChange: (listener) => {
          this.waiting.on('change', listener);
          return () => void this.waiting.off('change', listener);
        },
      },
      isPassing: false,
      dispose: (how) => this.closeHub(how),
    };
  }

  setWaiting(count: number): void {
    this.waiting.count = count;
    this.waiting.emit('change');
  }

  /** In the project of this id. */
  setItems(project: string, items: readonly WaitingItem[]): void {
    this.waiting.items.set(project, items);
    this.waiting.emit('change');
  }

  private add(root: string): OpenProject {
    const known = this.projects.find((one) => one.root === root);
    if (known !== undefined) return known;
    const project = { id: `p${this.projects.length + 1}`, root, name: basename(root) };
    this.projects.push(project);
    return project;
  }

  get window(): StandInWindow {
    const [first] = this.standIn.windows;
    if (first === undefined) throw new Error('There is no window');
    return first;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private async closeHub({ endAgents }: { readonly endAgents: boolean }): Promise<void> {
    this.hub.push(endAgents ? 'closing with agents' : 'closing');
    await this.close();
    this.hub.push('closed');
  }
}

export async function makeDesktop(deps: Partial<DesktopDeps> = {}): Promise<TestDesktop> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-desktop-'));
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await mkdir(join(folder, 'renderer-secrets'));
  await writeFile(join(folder, 'renderer/index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer/assets/main-1.js'), 'export {};');
  await writeFile(join(folder, 'renderer/assets/a b.woff2'), 'font');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'renderer-secrets/secret.txt'), 'secret');
  return new TestDesktop(folder, deps);
}
