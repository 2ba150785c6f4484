import type { Pin } from '../../../preload/contract/change-facts.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { MusherError } from '../../base/result.ts';

/** With all files in its details, where their names are whole. */
export function conflicted(
  code: 'MERGE_CONFLICTED' | 'REBASE_CONFLICTED' | 'RANGE_CONFLICTED',
  pin: Pick<Pin, 'commit' | 'target'>,
  files: readonly string[],
): MusherError {
  const { commit, target } = pin;
  const count = files.length;
  const wire = toWireError(code, { commit, target, count, files: files.join(', ') });
  return new MusherError({ ...wire, details: { commit, target, count, files: [...files] } });
}
