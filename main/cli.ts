#!/usr/bin/env node
/**
 * The `musher` command. Imports nothing statically but Node's own, so that a Node that is too old gets one line
 * and not a crash, and so that `--version` costs nothing.
 */
// Whole, not by name: an old Node would refuse to load this file for a name that it lacks.
import nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 24;
const [major = 0] = process.versions.node.split('.').map(Number);
const argv = process.argv.slice(2);

if (major < oldestNode) {
  // Its row of the error table cannot be loaded here.
  const code = 'RUNTIME_TOO_OLD';
  console.error(
    `This is Node ${process.versions.node}; Musher needs ${oldestNode} or newer. [${code}]\n→ Install it from https://nodejs.org. Where you have the repository, \`npm start\` brings its own.`,
  );
  process.exitCode = 1;
} else if (argv.length === 1 && /^(-V|--version)$/.test(argv[0] ?? '')) {
  console.log(readVersion());
} else {
  nodeModule.enableCompileCache?.();
  const { start } = await import('./cli/start.ts');
  process.exitCode = await start(argv, readVersion());
}

/** From the package that this file is part of, wherever it was built or installed to. */
function readVersion(): string {
  // By `import`, its streams would be loaded as well.
  const fs = process.getBuiltinModule('node:fs');
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      const { bin, version } = JSON.parse(fs.readFileSync(join(folder, 'package.json'), 'utf8'));
      // Not by its name: in a registry it may have another.
      if (bin?.musher !== undefined) return String(version);
    } catch {
      // Not here; further up.
    }
    if (folder === dirname(folder)) return '0.0.0';
  }
}
