import type { InlineConfig } from 'vite';
import { fromRoot } from './paths.mjs';

/**
 * Node 24 modules for both hosts. Packages stay outside: the native ones have to, and the others are then the same
 * files that the tests ran with. Two go in: the command is started hundreds of times a day, and finding and reading
 * their many small files costs it more than all that it does.
 */
export function mainConfig(entries: Record<string, string>): InlineConfig {
  return {
    configFile: false,
    root: fromRoot(),
    logLevel: 'warn',
    publicDir: false,
    ssr: { external: true, noExternal: ['zod', 'commander'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: 'dist/main',
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entries,
        external: ['electron'],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  };
}
