// Where things are. Read by the set-up, so it runs on Node 20 and needs no package.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string[]} parts a path below the repository's root */
export function fromRoot(...parts) {
  return join(root, ...parts);
}

/** The Node that the `node` devDependency brings; undefined until it is installed. */
export function findOwnNode() {
  const file = fromRoot(
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(file) ? file : undefined;
}

/** Written by the set-up, read by test/harness/chromium.ts. */
export const chromiumFile = fromRoot('node_modules', '.musher-chromium');
