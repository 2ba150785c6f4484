// A desktop host under the stand-in, with a hub of memory behind it.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../main/base/logger.ts';
import { startDesktop } from '../../../main/bridge/desktop.ts';
import type { DesktopDeps } from '../../../main/bridge/desktop.ts';
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

  constructor(folder: string, deps: Partial<DesktopDeps>) {
    this.folder = folder;
    this.deps = {
      openMusher: async () => {
        this.hub.push('opened');
        return { door: this.door, terminals: this.terminals, dispose: () => this.closeHub() };
      },
      onSecondInstance: () => undefined,
      preload: '/app/preload.cjs',
      files: { folder: join(folder, 'renderer'), policy: "default-src 'none'" },
      platform: 'linux',
      clock: this.clock,
      log: silentLogger,
      ...deps,
    };
  }

  /** Up to the first window, or to where there will be none. */
  async start(): Promise<void> {
    const started = startDesktop(this.standIn.module, this.deps);
    this.standIn.app.becomeReady();
    await started;
  }

  get window(): StandInWindow {
    const [first] = this.standIn.windows;
    if (first === undefined) throw new Error('There is no window');
    return first;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private async closeHub(): Promise<void> {
    this.hub.push('closing');
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
