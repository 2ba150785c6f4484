import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { fromRoot } from './paths.mjs';

/**
 * Fit for `script-src 'self'` and for both hosts: nothing is inlined (no script, no data URL),
 * and all addresses are relative, for a page under a prefix or from a file.
 */
export function rendererConfig(): InlineConfig {
  return {
    configFile: false,
    root: fromRoot('renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react(), tailwindcss()],
    build: {
      target: 'chrome140',
      outDir: fromRoot('dist/renderer'),
      emptyOutDir: true,
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The diff view's highlighter brings each grammar as a chunk of its own; some are large.
      chunkSizeWarningLimit: 2_000,
      // The app, the page of a gateway, and the one that lets a repository be chosen.
      rolldownOptions: {
        input: ['index', 'gateway', 'welcome'].map((page) => fromRoot(`renderer/${page}.html`)),
        // What many parts share is one file, not forty that are asked for one by one.
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'shared',
                test: /renderer\/(ui|hub)\/|lucide-react|preload\/contract/,
                minShareCount: 2,
              },
            ],
          },
        },
      },
    },
  };
}
