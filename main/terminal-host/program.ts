/** Finds out whether a program can be started, before a pty is made: node-pty says it only on the new screen. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { musherError } from '../base/result.ts';
import type { TerminalSpec } from '../features/terminals/ports.ts';

/** Throws SPAWN_FAILED. */
export async function requireStartable(spec: TerminalSpec): Promise<void> {
  const reason = (await whyNoFolder(spec.cwd)) ?? (await whyNoProgram(spec));
  if (reason === undefined) return;
  throw musherError('SPAWN_FAILED', { program: spec.program, reason, path: spec.cwd });
}

async function whyNoFolder(cwd: string): Promise<string | undefined> {
  const found = await stat(cwd).catch(() => undefined);
  if (found === undefined) return `the folder ${cwd} does not exist`;
  return found.isDirectory() ? undefined : `${cwd} is not a folder`;
}

async function whyNoProgram({ program, cwd, env }: TerminalSpec): Promise<string | undefined> {
  const hasFolder = program.includes('/') || program.includes(path.sep);
  const folders = hasFolder ? [''] : (pathOf(env) ?? '').split(path.delimiter);
  for (const folder of folders) {
    if (await isExecutable(path.resolve(cwd, folder, program))) return undefined;
  }
  return hasFolder ? 'there is no such program' : 'it is not on PATH';
}

/** Windows spells it `Path`. */
function pathOf(env: TerminalSpec['env']): string | undefined {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH');
  return key === undefined ? undefined : env[key];
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
