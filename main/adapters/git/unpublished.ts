/**
 * Submodule commits that a merge would ask of everybody and that no remote is known to have: whoever updates their
 * submodules then fails. Judged by what the clones on this disk know of their remotes; no remote is asked.
 */
import { join } from 'node:path';
import type { UnpublishedSubmodule } from '../../../preload/contract/change-facts.ts';
import type { SubmoduleFacts } from '../../features/approvals/ports.ts';
import { MusherError } from '../../base/result.ts';
import { askList, askText, findCommit } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import {
  findModule,
  offline,
  ownGitDir,
  readSubmodules,
  staysBelow,
  type SubmoduleEntry,
} from './submodules.ts';

const maxLooked = 20;
const patienceMs = 5_000;

export interface UnpublishedAsk {
  readonly base: string;
  readonly commit: string;
  readonly agent: string;
  readonly signal?: AbortSignal | undefined;
}

/** Within a few seconds; what was not looked at by then is counted. */
export async function findUnpublished(
  context: RepositoryContext,
  ask: UnpublishedAsk,
): Promise<SubmoduleFacts> {
  const links = await listMoved(context, ask);
  if (links.length === 0) return { unpublished: [], unchecked: 0 };
  const { clock } = context.git;
  const endMs = clock.elapsed() + patienceMs;
  const known = await readSubmodules(context, ask.commit);
  const unpublished: UnpublishedSubmodule[] = [];
  let looked = 0;
  for (const link of links.slice(0, maxLooked)) {
    const leftMs = endMs - clock.elapsed();
    if (leftMs <= 0) break;
    const entry = known.get(link.path) ?? { name: link.path, path: link.path };
    const found = await lookFor(within(context, leftMs), { ...ask, link, entry });
    if (found === 'unknown') continue;
    looked++;
    if (found !== 'published') unpublished.push(found);
  }
  return { unpublished, unchecked: links.length - looked };
}

function within(context: RepositoryContext, timeoutMs: number): RepositoryContext {
  const { git } = context;
  return { ...context, git: { ...git, run: (ask) => git.run({ ...ask, timeoutMs }) } };
}

interface Link {
  readonly path: string;
  /** What the submodule is to stand at. */
  readonly commit: string;
}

/** New and moved ones. */
async function listMoved(
  { git, repository }: RepositoryContext,
  { base, commit }: UnpublishedAsk,
): Promise<Link[]> {
  const flags = ['-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  const args = ['diff-tree', ...flags, base, commit, '--'];
  const fields = await askList(git, { cwd: repository.root, args });
  const links: Link[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode, , id] = (fields[at] ?? '').split(' ');
    if (mode === '160000') links.push({ path: fields[at + 1] ?? '', commit: id ?? '' });
  }
  return links;
}

interface Look extends Pick<UnpublishedAsk, 'agent' | 'signal'> {
  readonly link: Link;
  readonly entry: SubmoduleEntry;
}

async function lookFor(
  context: RepositoryContext,
  { link, entry, agent, signal }: Look,
): Promise<UnpublishedSubmodule | 'published' | 'unknown'> {
  if (!staysBelow(link.path)) return 'unknown';
  const { root, worktreesFolder } = context.repository;
  const checkedOut = join(worktreesFolder, agent, link.path);
  try {
    const module = await findModule(context, entry);
    const inModule = await ask(context, module, link.commit);
    if (inModule === 'published') return inModule;
    const inWorktree = await ask(context, await ownGitDir(checkedOut), link.commit);
    if (inWorktree === 'published') return inWorktree;
    const push = ['push', 'origin', `${link.commit}:refs/heads/${agent}`];
    if (inModule === 'there') {
      const at = module ?? root;
      return { ...link, where: 'module', at, command: ['git', `--git-dir=${at}`, ...push] };
    }
    if (inWorktree === 'there')
      return {
        ...link,
        where: 'worktree',
        at: checkedOut,
        command: ['git', '-C', checkedOut, ...push],
      };
    const fetch = module === undefined ? {} : { command: ['git', `--git-dir=${module}`, 'fetch'] };
    return { ...link, where: 'nowhere', ...fetch };
  } catch (error) {
    // Called off is the end of all of it; a clone that git cannot read says nothing about the commit.
    signal?.throwIfAborted();
    if (!(error instanceof MusherError)) throw error;
    return 'unknown';
  }
}

/** `published`: something that a remote is known to have leads to it. */
async function ask(
  { git }: RepositoryContext,
  gitDir: string | undefined,
  commit: string,
): Promise<'published' | 'there' | 'missing'> {
  if (gitDir === undefined) return 'missing';
  // Named outright, as the settings there may name files that are gone.
  const env = { ...offline, GIT_DIR: gitDir, GIT_WORK_TREE: gitDir };
  const there = { ...git, run: (one: Parameters<typeof git.run>[0]) => git.run({ ...one, env }) };
  if ((await findCommit(there, gitDir, commit)) === undefined) return 'missing';
  const args = ['for-each-ref', '--count=1', `--contains=${commit}`, 'refs/remotes', 'refs/tags'];
  return (await askText(there, { cwd: gitDir, args })) === '' ? 'there' : 'published';
}
