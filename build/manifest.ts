// Puts what the command has to know of the contracts into its bundle, as data, in place of the module that makes it.

import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import { fromRoot } from './paths.mjs';

const file = fromRoot('main/cli/manifest.ts');

export function manifestIsData(): Plugin {
  return {
    name: 'manifest-is-data',
    enforce: 'pre',
    async load(id) {
      if (id !== file.replaceAll('\\', '/')) return undefined;
      // What makes it is in no bundle, so nothing else would tell that it changed.
      for (const made of globSync(fromRoot('main/cli/*.ts'))) this.addWatchFile(made);
      const text = await makeManifest();
      return `export const manifest = JSON.parse(${JSON.stringify(text)});`;
    },
  };
}

/** In a process of its own: what watches has the module of its first build in memory, and would get that for ever. */
async function makeManifest(): Promise<string> {
  const script =
    'const { manifest } = await import(process.argv[1]);' +
    'process.stdout.write(JSON.stringify(manifest));';
  const args = ['--input-type=module', '--eval', script, pathToFileURL(file).href];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  return stdout;
}
