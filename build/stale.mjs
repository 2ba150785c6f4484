// A build is stale when the hash of what goes into it differs from the one noted at its end.
// Content, not times: a checkout touches every file and changes few.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRoot } from './paths.mjs';

/** @param {string[]} inputs folders and files, relative to the root */
export async function hashInputs(inputs) {
  const lists = await Promise.all(inputs.map(listFiles));
  const files = [...new Set(lists.flat())].filter(isInput).sort();
  const contents = await Promise.all(files.map((file) => readFile(fromRoot(file))));
  const hash = createHash('sha256').update(process.version);
  for (const [index, file] of files.entries()) {
    hash.update(`\0${file}\0`).update(contents[index] ?? '');
  }
  return hash.digest('hex');
}

/**
 * @param {string} name
 * @param {string} hash
 */
export function isStale(name, hash) {
  const stamp = stampFile(name);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash;
}

/** Before a build: one that fails half way must not look finished. @param {string} name */
export function clearStamp(name) {
  rmSync(stampFile(name), { force: true });
}

/**
 * @param {string} name
 * @param {string} hash
 */
export function writeStamp(name, hash) {
  mkdirSync(fromRoot('dist'), { recursive: true });
  writeFileSync(stampFile(name), hash);
}

/** @param {string} name */
function stampFile(name) {
  return fromRoot('dist', `.stamp-${name}`);
}

/** @param {string} path */
function isInput(path) {
  return !/\.test\.tsx?$|\.md$|tsconfig\.json$/.test(path);
}

/**
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function listFiles(path) {
  const info = await stat(fromRoot(path)).catch(() => undefined);
  if (!info) return [];
  if (info.isFile()) return [path];
  const names = await readdir(fromRoot(path), { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(fromRoot().length));
}
