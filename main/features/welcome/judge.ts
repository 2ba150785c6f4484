/** What a folder is to somebody who wants to open it. Pure. */
import { toWireError } from '../../../preload/contract/errors.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { FolderVerdict, RecentFolder } from '../../../preload/contract/welcome.ts';
import type { FolderFacts } from './ports.ts';

type Judged = Omit<FolderVerdict, 'places'>;

export function judgeFolder(facts: FolderFacts, home: string): Judged {
  const { path, kind, repository, refusal, near } = facts;
  const real = facts.real ?? path;
  if (kind === 'none') return { path, kind: 'missing', ...(near !== undefined && { root: near }) };
  if (kind === 'file') return { path, kind: 'file' };
  if (repository !== undefined) {
    const { root, url } = repository;
    const more = { root, ...(url !== undefined && { url }) };
    return { path, kind: root === real ? 'repository' : 'inside', ...more };
  }
  const isPlain = refusal?.code === 'REPOSITORY_INVALID';
  if (!isPlain && refusal?.code !== 'REPOSITORY_EMPTY')
    return { path, kind: 'refused', ...(refusal !== undefined && { error: refusal }) };
  const obstacle = isPlain ? whyTooWide(real, home) : undefined;
  return { path, kind: isPlain ? 'plain' : 'empty', ...(obstacle !== undefined && { obstacle }) };
}

/** A repository around all that a person has would take its snapshots of that. */
export function whyTooWide(path: string, home: string): WireError | undefined {
  const separator = path.includes('\\') ? '\\' : '/';
  const below = path.endsWith(separator) ? path : path + separator;
  const isWide = path === home || home.startsWith(below);
  return isWide ? toWireError('FOLDER_TOO_WIDE', { path }) : undefined;
}

export function judgeRecent(facts: FolderFacts): RecentFolder {
  const { path, kind, repository, refusal } = facts;
  if (kind !== 'folder') return { path, state: 'gone' };
  if (repository === undefined)
    return { path, state: 'refused', said: refusal?.message ?? 'It cannot be opened.' };
  if (repository.isOpenHere) return { path, state: 'open' };
  const { url } = repository;
  return url === undefined ? { path, state: 'there' } : { path, state: 'running', url };
}
