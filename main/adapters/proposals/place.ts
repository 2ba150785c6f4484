/** `.musher/config.toml` in the operator's checkout. */
import path from 'node:path';
import { musherError, reasonOf } from '../../base/result.ts';
import { type PlainFile, plainFile } from '../config/plain-file.ts';

export const shownPath = '.musher/config.toml';

/** `root`: of the operator's checkout. Everything throws CONFIG_PLACE where it is none of the repository's own plain files. */
export function configPlace(root: string): PlainFile {
  const file = plainFile(path.join(root, '.musher', 'config.toml'), { isOwn: false });
  const placed = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw musherError('CONFIG_PLACE', { file: shownPath, reason: reasonOf(error) }, error);
    }
  };
  return {
    look: () => placed(() => file.look()),
    replace: (ask) => placed(() => file.replace(ask)),
    sweep: () => placed(() => file.sweep()),
  };
}
