/** The folder that the demo's repository is made in, and that goes with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface DemoFolder {
  /** Root of the repository; the same when it is made already. */
  make(): Promise<string>;
  isMade(): boolean;
  remove(): Promise<void>;
}

export function demoFolder(): DemoFolder {
  let folder: string | undefined;
  let made: Promise<string> | undefined;
  const remove = async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    [folder, made] = [undefined, undefined];
  };
  const make = async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'musher-demo-'));
    try {
      const { makeDemoRepository } = await import('./demo/demo-repository.ts');
      return await makeDemoRepository(folder);
    } catch (error) {
      await remove();
      throw error;
    }
  };
  return {
    make() {
      made ??= make();
      return made;
    },
    isMade: () => made !== undefined,
    remove,
  };
}
