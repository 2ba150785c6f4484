// The preload as it is shipped: built from the source as it is now, by the configuration of the build.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { preloadConfig } from '../../../build/vite.preload.ts';

export async function buildPreload(folder: string): Promise<string> {
  const config = preloadConfig();
  const outDir = join(folder, 'preload');
  await build({ ...config, build: { ...config.build, outDir, sourcemap: false } });
  return readFile(join(outDir, 'index.cjs'), 'utf8');
}
