/** What git tracks in the main checkout, asked again when its index was written since. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { TrackedFiles } from '../../features/editor/ports.ts';
import { askList } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';

/** A list that is longer is cut: some 20 MB, and more than anybody looks through by name. */
const mostFiles = 200_000;
const timeoutMs = 20_000;

export function createTrackedFiles({ git, repository }: RepositoryContext): TrackedFiles {
  const index = path.join(repository.commonDir, 'index');
  let known: { readonly stamp: string; readonly files: Promise<readonly string[]> } | undefined;
  return {
    async list() {
      const stamp = await stampOf(index);
      if (known === undefined || known.stamp !== stamp) {
        const args = ['ls-files', '-z', '--deduplicate'];
        const asked = askList(git, { cwd: repository.root, args, timeoutMs });
        const files = asked.then((all) => all.slice(0, mostFiles));
        known = { stamp, files };
        // What failed is asked again.
        files.catch(() => {
          known = undefined;
        });
      }
      return known.files;
    },
  };
}

async function stampOf(file: string): Promise<string> {
  return stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => 'none',
  );
}
