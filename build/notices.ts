// The words of those whose work is inside: name, version, licence and its text, package by package. Their licences ask for it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedPackage } from './shipped.ts';

/** Licences that ask for no more than their words; another one is a decision that somebody has to take. */
const known = new Set([
  ...['mit', 'isc', 'bsd-2-clause', 'bsd-3-clause', '0bsd', 'apache-2.0', 'blueoak-1.0.0'],
]);

export function makeNotices(packages: readonly ShippedPackage[]): string {
  const unknown = packages.filter(({ license }) => !isKnown(license));
  if (unknown.length > 0) {
    const list = unknown.map(({ name, version, license }) => `${name}@${version} (${license})`);
    throw new Error(
      `${list.join(', ')}: may this be given away? Read the licence, then add it to \`known\` in build/notices.ts or do without the package`,
    );
  }
  const parts = packages.map((one) => {
    const { name, version, license } = one;
    return `${name} ${version}\nLicence: ${license}\n\n${readWords(one)}`;
  });
  const head = `Musher contains the work of others, under the licences below. ${packages.length} packages.\n`;
  return `${[head, ...parts].join(`\n${'-'.repeat(80)}\n\n`)}\n`;
}

function isKnown(expression: string): boolean {
  const names = expression.replace(/[()]/g, '').split(/ (?:OR|AND) /);
  return names.every((name) => known.has(name.toLowerCase()));
}

function readWords({ folder, license }: ShippedPackage): string {
  const files = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  const words = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return words.length > 0
    ? words.join('\n\n')
    : `(The package names the licence ${license} and brings no text of it.)`;
}
