/** Finds a program as the system would: a name on PATH, a path from a folder. What is different on Windows is here alone. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { musherError } from '../base/result.ts';
import type { Startable } from '../features/agents/ports.ts';
import { pathMend, type ProgramFault, programFault } from './program-fault.ts';
import { readShim } from './windows-shim.ts';

export interface Search {
  readonly cwd: string | undefined;
  readonly options: { readonly platform: NodeJS.Platform; readonly env: NodeJS.ProcessEnv };
  readonly searchPath: string;
}

/** Undefined for a name that is not on PATH. Throws PROGRAM_UNUSABLE of a path, SPAWN_FAILED as `toStartable` does. */
export function findProgram(program: string, search: Search): Promise<Startable | undefined> {
  return isPath(program) ? findAtPath(program, search) : findOnPath(program, search);
}

export function isRelative(program: string, platform: NodeJS.Platform): boolean {
  const { isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  return isPath(program) && !isAbsolute(program);
}

export function delimiterOf(platform: NodeJS.Platform): string {
  return platform === 'win32' ? ';' : ':';
}

function isPath(program: string): boolean {
  return /[/\\]/.test(program);
}

async function findOnPath(program: string, search: Search): Promise<Startable | undefined> {
  const folders = search.searchPath.split(delimiterOf(search.options.platform));
  for (const folder of folders.filter((one) => one !== '')) {
    const file = await firstRunnable(folder, program, search);
    if (file !== undefined) return toStartable(file, search);
  }
  return undefined;
}

/** Throws PROGRAM_UNUSABLE. */
async function findAtPath(program: string, search: Search): Promise<Startable> {
  const { cwd = '.', options } = search;
  if (options.platform === 'win32') {
    const file = await firstRunnable(cwd, program, search);
    if (file !== undefined) return toStartable(file, search);
    const fault = windowsFault(path.resolve(cwd, slashed(program)), options);
    throw musherError('PROGRAM_UNUSABLE', { program, ...fault });
  }
  const fault = await programFault(path.resolve(cwd, program));
  if (fault !== undefined) throw musherError('PROGRAM_UNUSABLE', { program, ...fault });
  return { program: path.resolve(cwd, program), args: [] };
}

async function firstRunnable(folder: string, program: string, { options }: Search) {
  for (const name of spellingsOf(program, options)) {
    const file = path.resolve(folder, name);
    if (await isRunnable(file)) return file;
  }
  return undefined;
}

function windowsFault(file: string, options: Search['options']): ProgramFault {
  const endings = endingsOf(options).join(', ');
  const reason = `there is no program "${path.basename(file)}" (${endings}) in the folder ${path.dirname(file)}`;
  return { reason, mend: pathMend };
}

/** On Windows a program is what has one of these endings; the shell script that npm lays beside them is none. */
function spellingsOf(program: string, options: Search['options']): string[] {
  if (options.platform !== 'win32') return [program];
  const endings = endingsOf(options);
  const spelled = slashed(program);
  if (endings.some((ending) => spelled.toLowerCase().endsWith(ending))) return [spelled];
  return endings.map((ending) => spelled + ending);
}

function endingsOf({ env }: Search['options']): string[] {
  return (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';').filter(Boolean);
}

function slashed(program: string): string {
  return program.replaceAll('\\', '/');
}

/** Throws SPAWN_FAILED for a batch file that hides what it starts. */
async function toStartable(file: string, search: Search): Promise<Startable> {
  const isBatch = search.options.platform === 'win32' && /\.(cmd|bat)$/i.test(file);
  if (!isBatch) return { program: file, args: [] };
  const shim = await readShim(file);
  if (shim === undefined)
    throw musherError('SPAWN_FAILED', {
      program: file,
      reason: 'it is a batch file, and what it is given would pass through cmd.exe as commands',
      path: path.dirname(file),
    });
  if (!shim.isScript) return { program: shim.file, args: [] };
  const node = await findOnPath('node.exe', {
    ...search,
    searchPath: [path.dirname(file), search.searchPath].join(';'),
  });
  return node === undefined
    ? { program: process.execPath, args: [shim.file] }
    : { program: node.program, args: [shim.file] };
}

async function isRunnable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
