/** Branches that work is merged into. */
import { row } from './row.ts';

export const targetErrors = {
  TARGET_UNWATCHED: row(
    404,
    'Musher merges nothing into "{target}". It knows: {known}.',
    'Name one of those: `musher target list`.',
  ),
  TARGET_UNMOVED: row(
    409,
    '"{target}" {how}.',
    'There is nothing to decide: `musher target list` says how each stands.',
  ),
  TARGET_MOVED_ON: row(
    409,
    '"{target}" is not at {expected} any more, but at {found}.',
    'Nothing was moved. Look at it again: `musher target list`.',
  ),
  TARGET_HELD: row(
    409,
    '"{target}" is checked out in {path} with uncommitted changes, which moving it back would overwrite.',
    'Nothing was moved. Commit or stash there, then move it back.',
  ),
} as const;
