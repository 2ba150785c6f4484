/** How a repository becomes a node of another Musher's. */
import path from 'node:path';
import { joinRendezvous, type JoinWish } from '../adapters/cluster/join.ts';
import { keepJoined, type NodeFile, readNodeFile } from '../adapters/cluster/node-file.ts';
import { openRepository } from '../adapters/git/open-repository.ts';
import { createGit } from '../adapters/git/run.ts';
import { systemClock } from '../base/clock.ts';
import { musherError } from '../base/result.ts';

/**
 * Joins: from then on the repository is that node whenever it is opened, and no other that it was before. Without a wish: what it joined before. Throws
 * NODE_NOT_JOINED, NODE_FILE_INVALID, REPOSITORY_*, and what joining throws.
 */
export async function becomeNode(
  folder: string,
  wish: JoinWish | undefined,
): Promise<Pick<NodeFile, 'node' | 'label' | 'url'>> {
  const git = createGit({ clock: systemClock, env: process.env });
  const { commonDir } = await openRepository(git, folder);
  const dataFolder = path.join(commonDir, 'musher');
  if (wish === undefined) {
    const known = await readNodeFile(dataFolder);
    if (known === undefined) throw musherError('NODE_NOT_JOINED');
    return known;
  }
  return keepJoined(dataFolder, () => joinRendezvous(wish));
}
