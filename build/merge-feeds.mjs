// `node build/merge-feeds.mjs <folder>…`: macOS is packaged for two processors on two machines, and each writes a `latest-mac.yml` that
// knows its own files alone. The app chooses by what is in one: this makes one of them, in the folder `files`, and moves all else there.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { fail } from './run.mjs';

/**
 * One feed of several that are of the same version.
 * @param {string} name
 * @param {readonly string[]} texts
 */
export function mergeFeeds(name, texts) {
  const feeds = texts.map((text) => parse(text));
  const [first] = feeds;
  const versions = new Set(feeds.map(({ version }) => version));
  if (versions.size !== 1)
    throw new Error(
      `${name} is of several versions: ${[...versions].join(', ')}; package all from one tag`,
    );
  const files = new Map(feeds.flatMap((feed) => feed.files).map((file) => [file.url, file]));
  return stringify({ ...first, files: [...files.values()] });
}

/** @param {readonly string[]} folders @param {string} to */
export function gather(folders, to) {
  mkdirSync(to, { recursive: true });
  /** @type {Map<string, string[]>} */
  const feeds = new Map();
  for (const folder of folders) {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      if (name.endsWith('.yml'))
        feeds.set(name, [...(feeds.get(name) ?? []), readFileSync(file, 'utf8')]);
      else copyFileSync(file, join(to, name));
    }
  }
  for (const [name, texts] of feeds) writeFileSync(join(to, name), mergeFeeds(name, texts));
}

if (import.meta.main) {
  try {
    const folders = process.argv.slice(2);
    if (folders.length === 0) throw new Error('expected the folders of what was packaged');
    gather(folders, 'files');
  } catch (error) {
    fail(error);
  }
}
