/** What there is to copy: Electron's own files, and the app's code out of its archive. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  codeFolder,
  copyName,
  isOfCode,
  isOfProgram,
  mayHoldCode,
  programIn,
} from './copy-files.ts';

export interface CopySource {
  readonly version: string;
  /** The app's program, absolute. */
  readonly program: string;
  /** The installation's root, which may be inside an archive. */
  readonly root: string;
  readonly platform: NodeJS.Platform;
}

export interface SourceFile {
  readonly from: string;
  /** From the copy's folder, with `/`. */
  readonly to: string;
  readonly sizeBytes: number;
  /** Files of an archive have no descriptor of their own: they are read whole. */
  readonly isInArchive: boolean;
}

export interface Listed {
  /** The copy's. */
  readonly name: string;
  readonly files: readonly SourceFile[];
  readonly sizeBytes: number;
}

export async function listSource(source: CopySource): Promise<Listed> {
  const [program, code] = await Promise.all([listProgram(source), listCode(source)]);
  const all = [...program, ...code];
  return {
    name: copyName(
      source.version,
      all.map(({ fact }) => fact),
    ),
    files: all.map(({ file }) => file),
    sizeBytes: all.reduce((sum, { file }) => sum + file.sizeBytes, 0),
  };
}

interface Fact {
  readonly file: SourceFile;
  readonly fact: string;
}

/** By size and time: 200 MB are not read for their name. */
async function listProgram({ program, platform }: CopySource): Promise<readonly Fact[]> {
  const [folder, own] = [path.dirname(program), path.basename(program)];
  const names = (await readdir(folder)).filter((name) => isOfProgram(name, own, platform));
  return Promise.all(
    names.map(async (name) => {
      const from = path.join(folder, name);
      const { size: sizeBytes, mtimeMs } = await stat(from);
      const to = name === own ? programIn(platform) : name;
      const file = { from, to, sizeBytes, isInArchive: false };
      return { file, fact: `${to} ${sizeBytes} ${Math.floor(mtimeMs)}` };
    }),
  );
}

/** By content: in an archive every file has the time of the look. 6 MB. */
async function listCode({ root }: CopySource): Promise<readonly Fact[]> {
  const files = await walk(root, '');
  const facts: Fact[] = [];
  for (const name of files) {
    const from = path.join(root, name);
    const content = await readFile(from);
    const to = `${codeFolder}/${name}`;
    const file = { from, to, sizeBytes: content.length, isInArchive: true };
    facts.push({ file, fact: `${to} ${createHash('sha256').update(content).digest('hex')}` });
  }
  return facts;
}

async function walk(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return mayHoldCode(name) ? walk(root, name) : [];
      return isOfCode(name) ? [name] : [];
    }),
  );
  return found.flat();
}
