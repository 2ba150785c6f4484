// The script that a page needs before it shows anything: how large it is, and whose code it is.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export interface InitialScript {
  readonly gzipBytes: number;
  /** Bytes before they are compressed, by the package or the folder of ours that they come from. */
  readonly parts: ReadonlyMap<string, number>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'dist/renderer');

/** The page names all that it loads at once: its script, and what that imports. */
export async function readInitialScript(page = 'index.html'): Promise<InitialScript> {
  const html = await readFile(join(folder, page), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) =>
    join(folder, file),
  );
  const parts = new Map<string, number>();
  let gzipBytes = 0;
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    gzipBytes += gzipSync(text, { level: 9 }).length;
    const map = await readMap(file);
    const names = map.sources.map((source) =>
      partOf(relative(root, resolve(dirname(file), source)).replaceAll('\\', '/')),
    );
    for (const { source, bytes } of spansOf(text, map.mappings)) {
      const name = names[source] ?? 'the bundler';
      parts.set(name, (parts.get(name) ?? 0) + bytes);
    }
  }
  return { gzipBytes, parts };
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/** What is the bundler's own has none. */
async function readMap(file: string): Promise<SourceMap> {
  if (!existsSync(`${file}.map`)) return { sources: [], mappings: '' };
  return JSON.parse(await readFile(`${file}.map`, 'utf8')) as SourceMap;
}

function partOf(path: string): string {
  const [, ofPackage] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path) ?? [];
  const [ofOurs] = /^(renderer\/features\/[^/]+|[^/]+\/[^/]+)/.exec(path) ?? [];
  return ofPackage ?? ofOurs ?? path;
}

/** Whose each stretch of the text is: the index of its source, or -1. */
function* spansOf(text: string, mappings: string): Generator<{ source: number; bytes: number }> {
  const lines = mappings.split(';');
  let source = 0;
  for (const [number, line] of text.split('\n').entries()) {
    let [column, owner] = [0, -1];
    for (const segment of (lines[number] ?? '').split(',')) {
      const [columns = 0, sources] = decode(segment);
      yield { source: owner, bytes: columns };
      column += columns;
      source += sources ?? 0;
      owner = sources === undefined ? -1 : source;
    }
    yield { source: owner, bytes: line.length + 1 - column };
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Numbers of a source map: five bits in each letter, the lowest first; the first bit of all is the sign. */
function decode(segment: string): readonly number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const letter of segment) {
    const digit = digits.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit >= 32) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
