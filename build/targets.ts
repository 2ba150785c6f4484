// What is built: from which entries, by which config, and which files make a build stale.

import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import type { InlineConfig } from 'vite';
import { fromRoot } from './paths.mjs';
import { mainConfig } from './vite.main.ts';
import { preloadConfig } from './vite.preload.ts';
import { rendererConfig } from './vite.renderer.ts';

export interface Target {
  name: 'main' | 'preload' | 'renderer';
  /** Folders and files, relative to the root, whose content decides whether the build is stale. */
  inputs: string[];
  /** Undefined as long as there is no entry to build from. */
  config(): InlineConfig | undefined;
}

const shared = ['preload/contract', 'build/targets.ts', 'package-lock.json'];

export const targets: Target[] = [
  {
    name: 'main',
    inputs: ['main', 'build/vite.main.ts', 'build/manifest.ts', ...shared],
    config: () => {
      const entries = findMainEntries();
      return Object.keys(entries).length > 0 ? mainConfig(entries) : undefined;
    },
  },
  {
    name: 'preload',
    inputs: ['preload', 'build/vite.preload.ts', ...shared],
    config: () => (existsSync(fromRoot('preload/index.ts')) ? preloadConfig() : undefined),
  },
  {
    name: 'renderer',
    inputs: ['renderer', 'build/vite.renderer.ts', 'build/icon.svg', ...shared],
    config: () => (existsSync(fromRoot('renderer/index.html')) ? rendererConfig() : undefined),
  },
];

/**
 * Every file that starts a process or a thread of its own has its own entry in dist/main:
 * the four hosts, and whatever is called `*-process.ts` or `*-worker.ts`.
 */
function findMainEntries(): Record<string, string> {
  const hosts = ['main', 'serve', 'node', 'cli'].map((name) => `main/${name}.ts`);
  const others = globSync('main/**/*-{process,worker}.ts', { cwd: fromRoot() });
  const files = [...hosts.filter((file) => existsSync(fromRoot(file))), ...others];
  return Object.fromEntries(files.map((file) => [basename(file, '.ts'), fromRoot(file)]));
}
