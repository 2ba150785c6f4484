// A page of test/fixtures, built as it is shipped and served. A run of the end-to-end tests builds each once.

import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from './wait.ts';

export interface FixturePage {
  readonly url: string;
  stop(): Promise<void>;
}

/** Names the folder of the pages that a run has built; its processes share it. */
export const pagesOfRun = 'MUSHER_TEST_PAGES';

/** Of a run: a page keeps its address, so that the browser does not compile it again for each file of tests. */
const served = new Map<string, Promise<FixturePage>>();

export async function serveFixture(name: string): Promise<FixturePage> {
  const shared = process.env[pagesOfRun];
  if (shared === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'musher-page-'));
    await buildInto(folder, name);
    return serve(folder, () => rm(folder, { recursive: true, force: true }));
  }
  const known = served.get(name);
  if (known !== undefined) return known;
  const folder = join(shared, name);
  const page = builtOnce(folder, name).then(async () => {
    const { url } = await serve(folder);
    // It ends with its process.
    return { url, stop: async () => undefined };
  });
  served.set(name, page);
  return page;
}

async function serve(
  folder: string,
  andThen: () => Promise<void> = async () => undefined,
): Promise<FixturePage> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const file = pathname === '/' ? 'index.html' : normalize(pathname);
    const body = await readFile(join(folder, file)).catch(() => undefined);
    const type = types[extname(file)];
    response.writeHead(body === undefined ? 404 : 200, {
      ...(type !== undefined && { 'content-type': type }),
      // Its name has a digest of what is in it.
      'cache-control': file.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: () => close(server).then(andThen) };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => {
    server.close(resolve);
  });
  server.closeAllConnections();
  await closed;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

const rootOf = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

async function buildInto(folder: string, name: string): Promise<void> {
  // Only who builds has to wait for the tools.
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  const { default: tailwindcss } = await import('@tailwindcss/vite');
  await build({
    configFile: false,
    root: rootOf(name),
    logLevel: 'error',
    plugins: [react(), tailwindcss()],
    // React tells how long it rendered.
    resolve: { alias: { 'react-dom/client': 'react-dom/profiling' } },
    build: {
      ...{ outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 5_000 },
      ...{ minify: false, reportCompressedSize: false },
    },
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
