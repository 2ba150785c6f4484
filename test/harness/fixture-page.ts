// A page of test/fixtures, built as it is shipped and served.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';

export interface FixturePage {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveFixture(name: string): Promise<FixturePage> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-page-'));
  const root = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const out = { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 5_000 };
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [react(), tailwindcss()],
    // React tells how long it rendered.
    resolve: { alias: { 'react-dom/client': 'react-dom/profiling' } },
    build: { ...out, minify: false, reportCompressedSize: false },
  });
  const server = await preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: out,
    preview: { host: '127.0.0.1', port: 0 },
  });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async stop() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
