/** Why what stands at a path is no program that can be started there, in words and with what to do. Unix; see programs.ts. */
import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import path from 'node:path';

export interface ProgramFault {
  /** Ends a sentence: "it cannot be started: …". */
  readonly reason: string;
  readonly mend: string;
}

/** Undefined where nothing speaks against it. */
export async function programFault(file: string): Promise<ProgramFault | undefined> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) return notFound(file, found);
  if (found.isDirectory())
    return { reason: `${file} is a folder`, mend: 'Give the path of a program in it.' };
  if (!found.isFile())
    return { reason: `${file} is no file of a program`, mend: 'Give the path of a program.' };
  if (!(await isAllowed(file)))
    return {
      reason: `${file} is not executable`,
      mend: `If it is a program, run \`chmod +x ${file}\`; otherwise name the program that reads it, and then the file.`,
    };
  return interpreterFault(file);
}

async function notFound(file: string, error: NodeJS.ErrnoException): Promise<ProgramFault> {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
    return {
      reason: `${file} cannot be looked at (${error.code ?? error.message})`,
      mend: 'Mend its permissions, or give another path.',
    };
  const folder = path.dirname(file);
  const isFolder = await stat(folder).then(
    (one) => one.isDirectory(),
    () => false,
  );
  const reason = `there is no file "${path.basename(file)}" in the folder ${folder}`;
  return { reason: isFolder ? reason : `${reason}, nor that folder`, mend: pathMend };
}

export const pathMend =
  'Give its absolute path, or a name that is on PATH. A relative path is taken from the agent’s worktree, which has what is committed on its branch: put the file there, then start the agent again.';

async function isAllowed(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The kernel reads no more of a first line than this, bytes. */
const firstLineBytes = 256;

/** A script without such a line is none: it is given to sh, as shells do. */
async function interpreterFault(file: string): Promise<ProgramFault | undefined> {
  const [, interpreter = ''] = /^#![ \t]*([^ \t\n\0]+)/.exec(await beginOf(file)) ?? [];
  if (!interpreter.startsWith('/') || (await isAllowed(interpreter))) return undefined;
  const reason = `${file} asks for ${JSON.stringify(interpreter)} in its first line, which cannot be run here`;
  if (interpreter.endsWith('\r'))
    return { reason, mend: 'Its lines end as on Windows: save it with line ends of Unix (LF).' };
  return { reason, mend: 'Install that, or change the first line of the file.' };
}

/** What cannot be read can be run all the same. */
async function beginOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstLineBytes), 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}
