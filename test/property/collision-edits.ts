// What agents do to a small tree, and which paths a watch would name.

import { chmod, lstat, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Files, TestRepository } from '../harness/repositories.ts';

const text = (file: string) =>
  Array.from({ length: 12 }, (_, n) => `${file} ${n} ${n * 7919}\n`).join('');
const names = ['a', 'b', 'd/a', 'd/b', 'd/e/a', 'bin'] as const;
export const base: Files = Object.fromEntries(
  names.map((name) => [name, name === 'bin' ? Buffer.from(`\0${text(name)}`) : text(name)]),
);

/** Those that are there at first, and those that may come. */
const places = [...names, 'n', 'd/n', 'x/a', 'd/e', 'A'] as const;

type EditName =
  | 'change'
  | 'changeMore'
  | 'insert'
  | 'add'
  | 'remove'
  | 'move'
  | 'moveFolder'
  | 'mode'
  | 'link'
  | 'ends'
  | 'stage'
  | 'unstage'
  | 'commit';

export interface Edit {
  readonly does: EditName;
  readonly file: string;
  readonly to: string;
  readonly line: number;
  readonly text: string;
  /** The proof is asked after it. */
  readonly isAsked: boolean;
}

type Touched = 'all' | readonly string[];
type Does = (repository: TestRepository, tree: string, edit: Edit) => Promise<Touched>;

const isFile = async (path: string) =>
  (await lstat(path).catch(() => undefined))?.isFile() === true;

const isInTheWay = async (folder: string) =>
  (await lstat(folder).catch(() => undefined))?.isDirectory() === false;

/** What stands in its way goes, as when an agent makes room for it. */
async function put({ write }: TestRepository, tree: string, files: Files): Promise<void> {
  for (const file of Object.keys(files))
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder))
      if (await isInTheWay(join(tree, folder))) await rm(join(tree, folder));
  await write(files, tree);
}

async function folderOf(tree: string, file: string): Promise<readonly string[]> {
  const found = await readdir(join(tree, file), { recursive: true }).catch(() => []);
  return [file, ...found.map((name) => `${file}/${name}`)];
}

const change: Does = async (repository, tree, { file, line, text: word }) => {
  if (!(await isFile(join(tree, file)))) return [];
  const lines = (await readFile(join(tree, file), 'latin1')).split('\n');
  lines[line % lines.length] = word;
  await repository.write({ [file]: Buffer.from(lines.join('\n'), 'latin1') }, tree);
  return [file];
};

export const allEdits: Readonly<Record<EditName, Does>> = {
  change,
  changeMore: change,
  async insert(repository, tree, { file, line, text: word }) {
    if (!(await isFile(join(tree, file)))) return [];
    const lines = (await readFile(join(tree, file), 'latin1')).split('\n');
    lines.splice(line % lines.length, 1 - (line % 2), ...(line % 3 > 0 ? [word] : []));
    await repository.write({ [file]: Buffer.from(lines.join('\n'), 'latin1') }, tree);
    return [file];
  },
  async add(repository, tree, { file, text: word }) {
    const gone = await folderOf(tree, file);
    await put(repository, tree, { [file]: `${word}\n${text(word)}` });
    return [...gone, dirname(file)];
  },
  async remove(_repository, tree, { file }) {
    const gone = await folderOf(tree, file);
    // Not there either where a file is in place of its folder.
    await rm(join(tree, file), { recursive: true, force: true }).catch(() => undefined);
    return gone;
  },
  async move(repository, tree, { file, to }) {
    const isThere = (await lstat(join(tree, file)).catch(() => undefined)) !== undefined;
    if (!isThere || to.startsWith(`${file}/`) || file.startsWith(`${to}/`) || to === file)
      return [];
    const gone = [...(await folderOf(tree, file)), ...(await folderOf(tree, to))];
    await put(repository, tree, { [to]: '' });
    await rm(join(tree, to), { recursive: true });
    await rename(join(tree, file), join(tree, to));
    return [...gone, ...(await folderOf(tree, to)), dirname(to)];
  },
  async moveFolder(repository, tree, edit) {
    return allEdits.move(repository, tree, {
      ...edit,
      file: 'd',
      to: edit.line % 2 > 0 ? 'y' : 'z',
    });
  },
  async mode(_repository, tree, { file, line }) {
    if (await isFile(join(tree, file))) await chmod(join(tree, file), line % 2 > 0 ? 0o755 : 0o644);
    return [file];
  },
  async link(repository, tree, { file, to }) {
    const gone = await folderOf(tree, file);
    await put(repository, tree, { [file]: { link: to } });
    return [...gone, dirname(file)];
  },
  async ends(repository, tree, { file }) {
    if (!(await isFile(join(tree, file)))) return [];
    const bytes = await readFile(join(tree, file), 'latin1');
    await repository.write(
      { [file]: Buffer.from(bytes.replace(/\r?\n/g, '\r\n'), 'latin1') },
      tree,
    );
    return [file];
  },
  async stage(repository, tree) {
    await repository.git(['add', '-A'], tree);
    return 'all';
  },
  async unstage(repository, tree) {
    await repository.git(['reset', '-q'], tree);
    return 'all';
  },
  async commit(repository, tree) {
    await repository.commit('on the way', {}, tree);
    return 'all';
  },
};

export const editArbitrary: fc.Arbitrary<Edit> = fc.record({
  does: fc.constantFrom(...(Object.keys(allEdits) as EditName[])),
  file: fc.constantFrom(...places),
  to: fc.constantFrom(...places),
  line: fc.nat(12),
  text: fc.constantFrom('one', 'two', ' two', ''),
  isAsked: fc.boolean(),
});
