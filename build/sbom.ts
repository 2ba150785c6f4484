// What the package is made of, for machines: a CycloneDX list by npm's own `npm sbom`, reduced to what is given away.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run, StepError } from './run.mjs';
import type { ShippedPackage } from './shipped.ts';

interface Component {
  'bom-ref': string;
  name: string;
  scope?: string;
}

interface Sbom {
  serialNumber?: string;
  metadata: { timestamp?: string; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** `extra`: packages of the lock file that come by another way, such as Electron's own program. */
export async function makeSbom(
  packages: readonly ShippedPackage[],
  extra: readonly string[] = [],
): Promise<string> {
  const all = JSON.parse(await askNpm()) as Sbom;
  const shipped = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const isIn = ({ 'bom-ref': ref, name }: Component) => shipped.has(ref) || extra.includes(name);
  const components = all.components.filter(isIn).map((one) => ({ ...one, scope: 'required' }));
  const refs = new Set(components.map((one) => one['bom-ref']));
  const missing = [...shipped].filter((ref) => !refs.has(ref));
  if (missing.length > 0) throw new StepError(`npm knows nothing of ${missing.join(', ')}`);
  const own = { ...all.metadata.component, name: 'musher' };
  const dependencies = [
    // What is in a bundle is a part of it, whoever asked for it.
    { ref: own['bom-ref'], dependsOn: [...refs] },
    ...all.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  ];
  // Neither a time nor a random number: the same parts give the same list.
  const { serialNumber: _, ...rest } = all;
  const { timestamp: __, ...metadata } = all.metadata;
  const made = { ...rest, metadata: { ...metadata, component: own }, components, dependencies };
  return `${JSON.stringify(made, undefined, 2)}\n`;
}

async function askNpm(): Promise<string> {
  const { code, output } = await run(
    process.execPath,
    [
      ...[findNpm(), 'sbom', '--sbom-format=cyclonedx', '--sbom-type=application'],
      ...['--package-lock-only', '--loglevel=error'],
    ],
    { output: 'collect' },
  );
  if (code !== 0) throw new StepError(`npm sbom failed: ${output.trim().slice(0, 500)}`);
  return output;
}

/** npm's own program: the one that runs us, or the one on the PATH, which on Windows is a script that needs a shell. */
function findNpm(): string {
  const running = process.env.npm_execpath;
  if (running !== undefined && basename(running) === 'npm-cli.js') return running;
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  const places = folders.flatMap((folder) => [
    join(folder, 'node_modules/npm/bin/npm-cli.js'),
    join(dirname(folder), 'lib/node_modules/npm/bin/npm-cli.js'),
  ]);
  const found = places.find((file) => existsSync(file));
  if (found === undefined)
    throw new StepError('npm was not found on the PATH: install it with Node');
  return found;
}
