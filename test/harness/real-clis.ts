// Real CLIs for tests: from the PATH, from the folder that MUSHER_TEST_CLIS names, or from the registry where that is allowed.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export interface WantedClis {
  readonly programs: readonly string[];
  /** Where the registry has them. */
  readonly packages: readonly string[];
}

const given = process.env.MUSHER_TEST_CLIS;
const mayInstall = process.env.MUSHER_TORTURE !== undefined;

/** Skipped, and counted as that, where they are not installed and may not be. */
export function canRun({ programs }: WantedClis): boolean {
  return mayInstall || areThere(programs);
}

/** The folder to be put on the PATH; installs into `scratch` what is not there. */
export async function folderOf(wanted: WantedClis, scratch: string): Promise<string> {
  if (areThere(wanted.programs)) return given ?? '';
  await writeFile(path.join(scratch, 'package.json'), '{"private":true}');
  const shell = process.platform === 'win32';
  const npm = shell ? 'npm.cmd' : 'npm';
  const args = ['install', '--no-audit', '--no-fund', ...wanted.packages];
  await promisify(execFile)(npm, args, { cwd: scratch, shell });
  return path.join(scratch, 'node_modules', '.bin');
}

function areThere(programs: readonly string[]): boolean {
  const folders = given === undefined ? (process.env.PATH ?? '').split(path.delimiter) : [given];
  return programs.every((name) => folders.some((folder) => existsSync(path.join(folder, name))));
}
