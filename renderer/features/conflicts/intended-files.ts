/** What an agent says that it is about to change, in words. Pure. */
import type { IntendedFile, Region } from '../../../preload/contract/intents.ts';

export function pathOf(file: IntendedFile): string {
  return typeof file === 'string' ? file : file.path;
}

/** Which parts of it; empty for the whole. */
export function partsOf(file: IntendedFile): string {
  return typeof file === 'string' ? '' : file.regions.map(sayRegion).join(', ');
}

function sayRegion(region: Region): string {
  switch (region.kind) {
    case 'range':
      return `lines ${region.startLine}–${region.endLine}`;
    case 'block':
      return `“${region.anchor}”`;
    default:
      return `${region.kind} ${region.name}`;
  }
}
