/** What a folder is, by git's word, and whether a Musher has its repository open. Nothing is written. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { MusherError } from '../../base/result.ts';
import type { FolderFacts, FoundRepository } from '../../features/welcome/ports.ts';
import { type RunInfo, readRunInfo } from '../app-files.ts';
import { findCommonDir, openRepository } from '../git/open-repository.ts';
import { callableOff, type Git } from '../git/run.ts';

export interface LookWith {
  readonly git: Git;
  readonly signal: AbortSignal;
  isOpenHere(root: string): boolean;
  /** Whether the Musher that listens there has this repository open. */
  hasOpen(url: string, root: string): Promise<boolean>;
}

/** `folder`: absolute. */
export async function lookAtFolder(folder: string, look: LookWith): Promise<FolderFacts> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return { path: folder, kind: 'none', ...(await nearOf(folder, look)) };
  if (!found.isDirectory()) return { path: folder, kind: 'file' };
  const real = await realpath(folder).catch(() => folder);
  const facts = { path: folder, real, kind: 'folder' as const };
  try {
    return { ...facts, repository: await repositoryAt(folder, look) };
  } catch (error) {
    if (error instanceof MusherError) return { ...facts, refusal: error.wire };
    throw error;
  }
}

async function repositoryAt(folder: string, look: LookWith): Promise<FoundRepository> {
  const { root, commonDir } = await openRepository(callableOff(look.git, look.signal), folder);
  if (look.isOpenHere(root)) return { root, commonDir, isOpenHere: true };
  const run = await readRunInfo(path.join(commonDir, 'musher'));
  const isRunning = run !== undefined && (await look.hasOpen(run.url, root));
  return { root, commonDir, isOpenHere: false, ...(isRunning && { url: pageOf(run) }) };
}

/** It may have others open, and shows the first of them where none is named. */
function pageOf({ url, project }: RunInfo): string {
  return project === undefined ? url : `${url}/?project=${encodeURIComponent(project)}`;
}

/** The repository that the nearest folder above is in. */
async function nearOf(folder: string, look: LookWith): Promise<Pick<FolderFacts, 'near'>> {
  const above = await nearest(path.dirname(folder));
  const git = callableOff(look.git, look.signal);
  try {
    await findCommonDir(git, above);
    return { near: (await openRepository(git, above)).root };
  } catch (error) {
    if (error instanceof MusherError) return {};
    throw error;
  }
}

async function nearest(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  const above = path.dirname(folder);
  return found?.isDirectory() || above === folder ? folder : nearest(above);
}
