/** Where this installation's own files are. */
import { access, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface AppFiles {
  readonly version: string;
  /** Where its package.json is; in the packaged app inside an archive. */
  readonly root: string;
  readonly rendererFolder: string;
  /** How the `musher` command is run from here. */
  readonly musherCommand: readonly [program: string, ...args: string[]];
  /** How the terminal host is started from here; takes arguments of its own. */
  readonly terminalHostCommand: readonly [program: string, ...args: string[]];
}

/** `from`: a file of this installation, built or source. */
export async function findAppFiles(from: string): Promise<AppFiles> {
  const root = await findRoot(path.dirname(from));
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const built = path.relative(root, from).startsWith('dist');
  const entry = (name: string, folder = '') =>
    path.join(root, built ? `dist/main/${name}.js` : `main/${folder}${name}.ts`);
  return {
    version,
    root,
    rendererFolder: path.join(root, 'dist/renderer'),
    musherCommand: [process.execPath, entry('cli')],
    terminalHostCommand: [process.execPath, entry('terminal-host-process', 'compose/')],
  };
}

async function findRoot(folder: string): Promise<string> {
  try {
    await access(path.join(folder, 'package.json'));
    return folder;
  } catch {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('package.json of Musher was not found');
    return findRoot(parent);
  }
}

export interface RunInfo {
  readonly pid: number;
  readonly url: string;
  /** What its pages call the repository; absent where an older Musher wrote it. */
  readonly project?: string;
}

/** Tells CLIs in this repository where its Musher listens. Holds no secret. */
export async function writeRunInfo(dataFolder: string, info: RunInfo): Promise<void> {
  await writeFile(path.join(dataFolder, 'run.json'), JSON.stringify(info), { mode: 0o600 });
}

export async function readRunInfo(dataFolder: string): Promise<RunInfo | undefined> {
  try {
    return JSON.parse(await readFile(path.join(dataFolder, 'run.json'), 'utf8')) as RunInfo;
  } catch {
    return undefined;
  }
}
