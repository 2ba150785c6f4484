/** Who this machine is to its rendezvous: kept beside the log, readable by its user alone. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { musherError } from '../../base/result.ts';

const nodeFileSchema = z.strictObject({
  /** Of the rendezvous: `http://127.0.0.1:9119`. */
  url: z.url(),
  /** The log's own name of the project there. */
  project: z.string(),
  node: z.string(),
  label: z.string(),
  /** What opens the door there, and nowhere else. */
  key: z.string(),
  /** By which its peers know it: a pair whose secret half stays here. One that joined before there were peers has none. */
  peer: z.strictObject({ secret: z.string(), key: z.string() }).optional(),
});
export type NodeFile = z.infer<typeof nodeFileSchema>;

function fileIn(dataFolder: string): string {
  return path.join(dataFolder, 'node.json');
}

/** Where a node keeps the shared document. */
export function replicaFileIn(dataFolder: string): string {
  return path.join(dataFolder, 'replica.sqlite');
}

/** undefined where it never joined. Throws NODE_FILE_INVALID. */
export async function readNodeFile(dataFolder: string): Promise<NodeFile | undefined> {
  const file = fileIn(dataFolder);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw musherError('NODE_FILE_INVALID', { file }, error);
  }
  try {
    return nodeFileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw musherError('NODE_FILE_INVALID', { file }, error);
  }
}

/**
 * `join` is asked once it is sure that its answer can be kept: a join token is used up by it. Throws what the disk says, and what `join` throws;
 * nothing is left then.
 */
export async function keepJoined(
  dataFolder: string,
  join: () => Promise<NodeFile>,
): Promise<NodeFile> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const fresh = `${fileIn(dataFolder)}.${process.pid}`;
  try {
    await writeFile(fresh, '', { mode: 0o600 });
    const joined = await join();
    await writeFile(fresh, JSON.stringify(joined));
    // What it had of another rendezvous is nothing to this one.
    for (const end of ['', '-wal', '-shm'])
      await rm(`${replicaFileIn(dataFolder)}${end}`, { force: true });
    await rename(fresh, fileIn(dataFolder));
    return joined;
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
