import type { InlineConfig } from 'vite';
import { fromRoot } from './paths.mjs';

/** One CommonJS file: a sandboxed preload can require nothing but electron, and no modules. */
export function preloadConfig(): InlineConfig {
  return {
    configFile: false,
    root: fromRoot(),
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'chrome140',
      outDir: 'dist/preload',
      emptyOutDir: true,
      minify: false,
      sourcemap: 'inline',
      lib: { entry: 'preload/index.ts', formats: ['cjs'], fileName: () => 'index.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  };
}
