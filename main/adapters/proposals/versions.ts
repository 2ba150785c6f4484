/** Versions of the configuration as objects of git, and the refs that keep them. No index and no checkout is touched. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { musherError } from '../../base/result.ts';
import type { ConfigStore, VersionAsk } from '../../features/proposals/ports.ts';
import { askText, askYes, findCommit } from '../git/ask.ts';
import { commitTree, musherIdentity } from '../git/commit-tree.ts';
import { readDiff } from '../git/diff.ts';
import { emptyTreeLike } from '../git/empty-tree.ts';
import { withPlainGitDir } from '../git/plain-git-dir.ts';
import { listRefs, moveRef, readRef } from '../git/refs.ts';
import type { RepositoryContext } from '../git/repository-context.ts';
import { decode, hashOf, mostBytes } from '../config/plain-file.ts';

const folderName = '.musher';
const fileName = 'config.toml';
const appliedRef = 'refs/musher/config/applied';
const proposedPrefix = 'refs/musher/config/proposed/';

/** An empty text is a version without the file: git then needs no object for it. */
export async function makeVersion(
  context: RepositoryContext,
  { parent, text, message }: VersionAsk,
): Promise<{ text: string; hash: string; commit: string }> {
  const { git, repository } = context;
  const cwd = repository.root;
  const parents = parent === undefined ? [] : [parent];
  const tree = text === '' ? await emptyTree(context) : await treeWith(context, text);
  const by = musherIdentity;
  // git takes none with a NUL in it.
  const said = `${message.replaceAll('\0', '')}\n`;
  const commit = await commitTree(git, cwd, { tree, parents, message: said, by });
  return { text, hash: hashOf(text), commit };
}

async function treeWith({ git, repository }: RepositoryContext, text: string): Promise<string> {
  const ask = (args: readonly string[], input: string) =>
    askText(git, { cwd: repository.root, args, input });
  const blob = await ask(['hash-object', '-w', '--no-filters', '--stdin'], text);
  const folder = await ask(['mktree'], `100644 blob ${blob}\t${fileName}\n`);
  return ask(['mktree'], `040000 tree ${folder}\t${folderName}\n`);
}

/** In the repository's own format of ids. */
async function emptyTree({ git, repository }: RepositoryContext): Promise<string> {
  const args = ['rev-parse', '--show-object-format'];
  const format = await askText(git, { cwd: repository.root, args });
  return emptyTreeLike('0'.repeat(format === 'sha256' ? 64 : 40));
}

export async function textAt(context: RepositoryContext, commit: string): Promise<string> {
  const { git, repository } = context;
  const isThere = (await findCommit(git, repository.root, commit)) === commit;
  const { text, place } = isThere
    ? await fileAt(context, commit)
    : { text: '', place: 'it is gone' };
  if (place !== undefined) throw musherError('CONFIG_VERSION_GONE', { commit });
  return text;
}

/** See `ConfigStore.fileAt`. */
export async function fileAt(
  { git, repository }: RepositoryContext,
  commit: string,
): Promise<{ text: string; place?: string }> {
  const cwd = repository.root;
  const list = ['ls-tree', '-z', '-l', '--full-tree', commit, '--'];
  const entry = async (name: string) => {
    const line = await askText(git, { cwd, args: [...list, name] });
    const [, mode, type, id, size] = /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t/.exec(line) ?? [];
    return mode === undefined ? undefined : { mode, type, id: id ?? '', size: Number(size) };
  };
  const folder = await entry(folderName);
  if (folder === undefined) return { text: '' };
  if (folder.type !== 'tree') return { text: '', place: `${folderName} is ${kindOf(folder)}` };
  const file = await entry(`${folderName}/${fileName}`);
  if (file === undefined) return { text: '' };
  if (file.type !== 'blob' || !file.mode.startsWith('100'))
    return { text: '', place: `it is ${kindOf(file)}` };
  if (file.size > mostBytes) return { text: '', place: `it has ${file.size} bytes` };
  const { stdout } = await git.run({ cwd, args: ['cat-file', 'blob', file.id] });
  try {
    return { text: decode(stdout) };
  } catch {
    return { text: '', place: 'it is no UTF-8 text' };
  }
}

function kindOf({ mode, type }: { mode: string; type: string | undefined }): string {
  if (mode === '120000') return 'a symbolic link';
  return type === 'tree' ? 'a folder' : 'no folder of the repository';
}

export async function diffVersions(
  context: RepositoryContext,
  { from, to }: Parameters<ConfigStore['diff']>[0],
): Promise<{ patch: string }> {
  const { patch } = await readDiff(context, { base: from ?? emptyTreeLike(to), commit: to });
  return { patch };
}

/** By files alone: no attribute and no driver that somebody configured has a say. */
export async function mergedText(
  context: RepositoryContext,
  { ours, theirs }: Parameters<ConfigStore['merged']>[0],
): Promise<string | undefined> {
  const { git, repository } = context;
  const args = ['merge-base', ours, theirs];
  const { stdout, exitCode } = await git.run({ cwd: repository.root, args, okCodes: [0, 1] });
  if (exitCode !== 0) return undefined;
  const base = stdout.toString('utf8').trim();
  const texts = await Promise.all([ours, base, theirs].map((commit) => textAt(context, commit)));
  return withPlainGitDir(context, async ({ folder, env }) => {
    const files = ['ours', 'base', 'theirs'].map((name) => path.join(folder, name));
    await Promise.all(files.map((file, at) => writeFile(file, texts[at] ?? '')));
    const merge = ['merge-file', '--stdout', '--', ...files];
    // It tells the number of conflicts; from 128 on, it failed.
    const okCodes = Array.from({ length: 128 }, (_, code) => code);
    const answer = await git.run({ cwd: folder, args: merge, env, okCodes });
    return answer.exitCode === 0 ? decode(answer.stdout) : undefined;
  });
}

export async function keepProposal(
  { git, repository }: RepositoryContext,
  proposal: string,
  to: string,
): Promise<void> {
  const cwd = repository.root;
  const ref = `${proposedPrefix}${proposal}`;
  const from = await readRef(git, cwd, ref);
  if (from !== to) await moveRef(git, cwd, { ref, to, from, reason: 'musher: proposed' });
}

export interface AppliedMove {
  readonly from: string | undefined;
  readonly to: string;
}

/** See `ConfigStore.note`. One that lags behind, because its own move failed, is brought along. */
export async function moveApplied(context: RepositoryContext, move: AppliedMove): Promise<void> {
  const { git, repository } = context;
  const cwd = repository.root;
  const found = await readRef(git, cwd, appliedRef);
  if (found === move.to) return;
  const isKnown = found === move.from || (await isBehind(context, found, move.from));
  const reason = 'musher: applied';
  const ask = { ref: appliedRef, to: move.to, from: found, reason };
  if (isKnown && (await moveRef(git, cwd, ask))) return;
  throw musherError('CONFIG_REF_MOVED', {
    found: (await readRef(git, cwd, appliedRef)) ?? 'nothing',
    expected: move.from ?? 'nothing',
  });
}

async function isBehind(
  { git, repository }: RepositoryContext,
  found: string | undefined,
  from: string | undefined,
): Promise<boolean> {
  if (found === undefined) return true;
  if (from === undefined) return false;
  const args = ['merge-base', '--is-ancestor', found, from];
  return askYes(git, { cwd: repository.root, args });
}

/** The way back of a move whose file could not follow; nothing where it was not made. */
export async function unmoveApplied(
  { git, repository }: RepositoryContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const reason = 'musher: not applied';
  if ((await readRef(git, repository.root, appliedRef)) === to)
    await moveRef(git, repository.root, { ref: appliedRef, to: from, from: to, reason });
}

export async function sweepProposals(
  { git, repository }: RepositoryContext,
  isRemembered: (proposal: string) => boolean,
): Promise<void> {
  const cwd = repository.root;
  const refs = await listRefs(git, cwd, proposedPrefix);
  const over = refs.filter((ref) => !isRemembered(ref.slice(proposedPrefix.length)));
  if (over.length === 0) return;
  const input = over.map((ref) => `delete ${ref}\n`).join('');
  await git.run({ cwd, args: ['update-ref', '--no-deref', '--stdin'], input });
}
