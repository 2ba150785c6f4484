// Which packages of others are in what is given away: those that went into a bundle, as its source maps have them, and those
// that stay outside. Development tools are in neither.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fromRoot, root } from './paths.mjs';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As an SPDX expression. */
  readonly license: string;
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Styles have no source map: its reset of the browser's own styles is in ours. */
const inStyles = ['tailwindcss'];

/** By name, then version; dist/ has to be built. */
export function findShipped(): readonly ShippedPackage[] {
  const folders = new Set([
    ...findBundled(),
    ...inStyles.map((name) => fromRoot('node_modules', name)),
    ...findInstalled(root),
  ]);
  const packages = new Map<string, ShippedPackage>();
  for (const folder of folders) {
    const { name, version, license } = readManifest(folder);
    const said = typeof license === 'string' ? license : license?.type;
    packages.set(`${name}@${version}`, { name, version, license: said ?? 'UNKNOWN', folder });
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

function findBundled(): readonly string[] {
  const maps = globSync('dist/{main,renderer}/**/*.map', { cwd: root });
  if (maps.length === 0) throw new Error('nothing is built: run `npm run build` first');
  return maps.flatMap((file) => {
    const { sources } = JSON.parse(readFileSync(fromRoot(file), 'utf8')) as { sources: string[] };
    return sources.flatMap((source) => {
      const place = relative(root, resolve(dirname(fromRoot(file)), source)).replaceAll('\\', '/');
      // A file that is taken as it is keeps its map, which says where it was made: below dist/ as seen from here.
      const inside = /^(?:dist\/)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(place)?.[1];
      return inside === undefined ? [] : [fromRoot(inside)];
    });
  });
}

/** What the package in `folder` needs beside it, and what these need, as far as it is there. */
export function findInstalled(folder: string, seen = new Set<string>()): readonly string[] {
  const { dependencies, optionalDependencies } = readManifest(folder);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = findPackage(name, folder);
    if (found === undefined || seen.has(found)) continue;
    seen.add(found);
    findInstalled(found, seen);
  }
  return [...seen];
}

function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = resolve(folder, 'node_modules', name);
    if (existsSync(resolve(found, 'package.json'))) return found;
    if (folder === dirname(folder)) return undefined;
  }
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as Manifest;
}
