// The files that the rules look at, and how a breach is told.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  /** Relative to the repository's root, with forward slashes. */
  path: string;
  text: string;
}

export interface Breach {
  path: string;
  line?: number;
  rule: string;
  /** What to do now. */
  mend: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const layerFolders = ['main', 'preload', 'renderer', 'build'];

let sources: SourceFile[] | undefined;
let tests: SourceFile[] | undefined;

/** What is shipped or builds it: everything below the four folders but tests and declarations. Read once for all rules. */
export function readSources(): SourceFile[] {
  sources ??= findSources();
  return sources;
}

/** Tests beside sources and all below test/ but the fixtures, which play the outside world. Read once as well. */
export function readTests(): SourceFile[] {
  tests ??= findTests();
  return tests;
}

function findSources(): SourceFile[] {
  const files = readFiles(layerFolders.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`));
  return files.filter((file) => !isTest(file.path) && !file.path.endsWith('.d.ts'));
}

function findTests(): SourceFile[] {
  const files = readFiles([...layerFolders, 'test'].map((folder) => `${folder}/**/*.{ts,tsx}`));
  return files.filter(
    (file) =>
      (isTest(file.path) || file.path.startsWith('test/')) &&
      !file.path.startsWith('test/fixtures/'),
  );
}

export function readText(path: string): string | undefined {
  return existsSync(`${root}/${path}`) ? readFileSync(`${root}/${path}`, 'utf8') : undefined;
}

export function isTest(path: string): boolean {
  return /\.(test|e2e|bench)\.tsx?$/.test(path);
}

/** One line per breach, to compare with an empty list: the failed test then shows them all. */
export function tell(breaches: Breach[]): string[] {
  return breaches.map(({ path, line, rule, mend }) => {
    const place = line === undefined ? path : `${path}:${line}`;
    return `${place}: ${rule}. ${mend}`;
  });
}

function readFiles(patterns: string[]): SourceFile[] {
  const exclude = ['**/node_modules/**', '**/dist/**'];
  const paths = globSync(patterns, { cwd: root, exclude }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return [...new Set(paths)].sort().flatMap((path) => {
    const text = readText(path);
    return text === undefined ? [] : [{ path, text }];
  });
}
