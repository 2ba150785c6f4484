// An installed app as far as its terminal host goes: a program, what lies beside it, and the code that was built. Its program is a script
// that ends well, or Node's own where it has to run.

import { chmod, copyFile, cp, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostCopies, type HostCopiesOptions } from '../../main/adapters/host-copy/host-copies.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const packages = ['node-pty', '@lydell', '@xterm/headless', '@xterm/addon-unicode11'];
const quietScript = '#!/bin/sh\nexit 0\n';

export interface StandInOptions {
  readonly version?: string;
  readonly isReal?: boolean;
  readonly script?: string;
}

export class StandInApp {
  readonly folder: string;
  readonly version: string;

  private constructor(folder: string, version: string) {
    this.folder = folder;
    this.version = version;
  }

  static async install(folder: string, options: StandInOptions = {}): Promise<StandInApp> {
    const { version = '1.0.0', isReal = false, script = quietScript } = options;
    const app = new StandInApp(folder, version);
    await mkdir(join(app.root, 'dist/main'), { recursive: true });
    await mkdir(join(app.root, 'dist/renderer'));
    for (const name of ['icudtl.dat', 'libffmpeg.so', 'resources.pak', 'LICENSE.electron.txt'])
      await writeFile(join(folder, name), name.repeat(1_000));
    await writeFile(join(app.root, 'package.json'), JSON.stringify({ type: 'module', version }));
    await writeFile(join(app.root, 'dist/renderer/index.html'), 'page');
    if (isReal) await app.addCode();
    else await writeFile(join(app.root, 'dist/main/terminal-host-process.js'), version);
    if (isReal) await putNode(app.program);
    else await writeFile(app.program, script);
    if (!isReal) await chmod(app.program, 0o755);
    return app;
  }

  get root(): string {
    return join(this.folder, 'resources/app.asar');
  }

  get program(): string {
    return join(this.folder, 'musher');
  }

  copies(data: string, options: Partial<HostCopiesOptions> = {}): HostCopies {
    const { version, program, root } = this;
    return new HostCopies({
      folder: join(data, 'runtime'),
      source: { version, program, root, platform: 'linux' },
      clock: systemClock,
      log: silentLogger,
      ...options,
    });
  }

  /** As an AppImage's mount goes, or an installer takes the old version away. */
  async uninstall(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private async addCode(): Promise<void> {
    const filter = (file: string) => !file.endsWith('.map');
    const part = (name: string) =>
      cp(join(repository, name), join(this.root, name), { recursive: true, filter });
    await part('dist/main');
    for (const name of packages) await part(`node_modules/${name}`);
  }
}

/** Node's own program; on another disk it has to be copied. */
export async function putNode(program: string): Promise<void> {
  await link(process.execPath, program).catch(() => copyFile(process.execPath, program));
}
