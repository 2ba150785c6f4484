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

/** They are hundreds of megabytes; twelve seconds on a good line. */
const installMs = 240_000;
const given = process.env.MUSHER_TEST_CLIS;
const mayInstall = process.env.MUSHER_TORTURE !== undefined;

/** Skipped, and counted as that, where they are not installed and may not be. */
export function canRun({ programs }: WantedClis): boolean {
  return mayInstall || areThere(programs);
}

/** The folder to be put on the PATH, or why they cannot run here: then the case that wants them is skipped, and says so. */
export async function placeOf(
  wanted: WantedClis,
  scratch: string,
): Promise<{ readonly bin?: string; readonly why?: string }> {
  const names = wanted.programs.join(', ');
  if (!canRun(wanted))
    return { why: `${names} is not on the PATH: \`npm run test:clis\` installs it` };
  try {
    return { bin: await folderOf(wanted, scratch) };
  } catch (error) {
    return { why: `${names} could not be installed: ${String(error)}` };
  }
}

/** The folder to be put on the PATH; installs into `scratch` what is not there. */
export async function folderOf(wanted: WantedClis, scratch: string): Promise<string> {
  if (areThere(wanted.programs)) return given ?? '';
  await writeFile(path.join(scratch, 'package.json'), '{"private":true}');
  const shell = process.platform === 'win32';
  const npm = shell ? 'npm.cmd' : 'npm';
  const args = ['install', '--no-audit', '--no-fund', ...wanted.packages];
  await promisify(execFile)(npm, args, { cwd: scratch, shell, timeout: installMs });
  return path.join(scratch, 'node_modules', '.bin');
}

function areThere(programs: readonly string[]): boolean {
  const folders = given === undefined ? (process.env.PATH ?? '').split(path.delimiter) : [given];
  return programs.every((name) => folders.some((folder) => existsSync(path.join(folder, name))));
}
