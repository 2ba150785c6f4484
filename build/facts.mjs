// `node build/facts.mjs [--with-electron]`: writes what a package says of what is in it, beside the build. Electron is a part of the
// app that people install, and brings its own notices; npm's package comes without.

import { writeFileSync } from 'node:fs';
import { makeNotices } from './notices.ts';
import { fromRoot } from './paths.mjs';
import { fail, say } from './run.mjs';
import { makeSbom } from './sbom.ts';
import { findShipped } from './shipped.ts';

const extra = process.argv.includes('--with-electron') ? ['electron'] : [];

try {
  const packages = findShipped();
  writeFileSync(fromRoot('dist', 'THIRD-PARTY-NOTICES.txt'), makeNotices(packages));
  writeFileSync(fromRoot('dist', 'sbom.cdx.json'), await makeSbom(packages, extra));
  say(`wrote the notices and the parts list of ${packages.length} packages`);
} catch (error) {
  fail(error);
}
