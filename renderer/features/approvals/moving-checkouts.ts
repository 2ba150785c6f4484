/** Checkouts whose files may change with a merge: off until the operator says so, and remembered by folder. */
import { readStored, writeStored } from '../../hub/storage.ts';

/** The ones allowed longest ago are asked for again. */
const maxKept = 20;

export function mayMove(path: string): boolean {
  return readStored('reviewMoves', []).includes(path);
}

export function allowMoving(path: string, isAllowed: boolean): void {
  const others = readStored('reviewMoves', []).filter((one) => one !== path);
  writeStored('reviewMoves', isAllowed ? [path, ...others].slice(0, maxKept) : others);
}
