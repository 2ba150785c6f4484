// A page of test/fixtures, built as it is shipped and served. A run of the end-to-end tests builds each once.

import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import { waitFor } from './wait.ts';

export interface FixturePage {
  readonly url: string;
  stop(): Promise<void>;
}

/** Names the folder of the pages that a run has built; its processes share it. */
export const pagesOfRun = 'MUSHER_TEST_PAGES';

export async function serveFixture(name: string): Promise<FixturePage> {
  const shared = process.env[pagesOfRun];
  const folder =
    shared === undefined
      ? await mkdtemp(join(tmpdir(), 'musher-page-'))
      : await builtOnce(join(shared, name), name);
  if (shared === undefined) await buildInto(folder, name);
  const server = await preview({
    configFile: false,
    root: rootOf(name),
    logLevel: 'error',
    build: outTo(folder),
    preview: { host: '127.0.0.1', port: 0 },
  });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async stop() {
      await server.close();
      if (shared === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

const rootOf = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const outTo = (outDir: string) => ({ outDir, emptyOutDir: true, chunkSizeWarningLimit: 5_000 });

async function buildInto(folder: string, name: string): Promise<void> {
  await build({
    configFile: false,
    root: rootOf(name),
    logLevel: 'error',
    plugins: [react(), tailwindcss()],
    // React tells how long it rendered.
    resolve: { alias: { 'react-dom/client': 'react-dom/profiling' } },
    build: { ...outTo(folder), minify: false, reportCompressedSize: false },
  });
}

/** By whoever comes first; the others wait, and are told why it failed. */
async function builtOnce(folder: string, name: string): Promise<string> {
  const isFirst = await mkdir(`${folder}.lock`).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const why = await buildInto(`${folder}.new`, name).catch((error: Error) => error);
    if (why instanceof Error) await writeFile(`${folder}.failed`, why.message);
    else await rename(`${folder}.new`, folder);
  }
  const built = await waitFor(`the page ${name} to be built`, () => lookFor(folder), {
    timeoutMs: 120_000,
  });
  if (built.why !== undefined) throw new Error(`the page ${name} was not built: ${built.why}`);
  return folder;
}

async function lookFor(folder: string): Promise<{ why?: string } | undefined> {
  const isThere = await stat(folder).catch(() => undefined);
  if (isThere) return {};
  const why = await readFile(`${folder}.failed`, 'utf8').catch(() => undefined);
  return why === undefined ? undefined : { why };
}
