/** Where the demo's own files are: in the installation's root, whether this code runs built or from source. */
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The folder that holds `scripts` and `shop`. The app that people install is an archive that Electron alone can read; the demo,
 * which any Node starts, lies beside it.
 */
export async function findDemoFolder(from = import.meta.dirname): Promise<string> {
  return findAbove(from.replace(/\.asar(?=[\\/]|$)/, '.asar.unpacked'));
}

async function findAbove(from: string): Promise<string> {
  const found = join(from, 'main', 'demo');
  if (await exists(join(found, 'scripts'))) return found;
  const parent = dirname(from);
  if (parent === from) throw new Error('the files of the demo were not found');
  return findAbove(parent);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
