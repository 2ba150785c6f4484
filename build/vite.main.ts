import type { InlineConfig, Plugin } from 'vite';
import { schemasAreLate } from './late-schemas.ts';
import { manifestIsData } from './manifest.ts';
import { fromRoot } from './paths.mjs';

/**
 * Packages that stay outside: native ones, and those that are one file already; package.json lists these as dependencies, and they
 * alone are installed beside Musher. All others go in: the command is started hundreds of times a day, and finding and reading
 * hundreds of small files costs `musher serve` more than all that it does.
 */
const outside = ['better-sqlite3', 'node-pty', '@xterm/headless', '@xterm/addon-unicode11'];

/** Fastify's compilers, which no route of ours has a use for (`noCompilers` in main/broker): asked for by nobody, and nowhere there. */
const unused = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'];

/** Node 24 modules for both hosts. */
export function mainConfig(entries: Record<string, string>): InlineConfig {
  return {
    configFile: false,
    root: fromRoot(),
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: [...outside, ...unused] },
    plugins: [schemasAreLate(), commanderLoadsLate(), manifestIsData()],
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

/**
 * What commander takes of Node by default import, or by name, and asks nothing of for the commands that there are; and
 * `process`, which is there already: an import looks at every export, and one of them opens stdin.
 */
const late: Readonly<Record<string, string>> = {
  'node:process': 'export default process',
  'node:fs': 'export default lateModule',
  'node:child_process': 'export default lateModule',
  'node:util':
    'export const stripVTControlCharacters = (text) => lateModule.stripVTControlCharacters(text)',
};

/**
 * The command is started hundreds of times a day: modules of Node that commander needs for help, or for subcommands with
 * a program of their own, are loaded when somebody asks something of them.
 */
function commanderLoadsLate(): Plugin {
  const prefix = '\0late:';
  return {
    name: 'commander-loads-late',
    enforce: 'pre',
    resolveId(source, importer) {
      const isLate = importer?.includes('/commander/lib/') === true && source in late;
      return isLate ? prefix + source : undefined;
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const name = id.slice(prefix.length);
      const get = `(_, key) => process.getBuiltinModule(${JSON.stringify(name)})[key]`;
      return `const lateModule = new Proxy({}, { get: ${get} });\n${late[name]};`;
    },
  };
}
