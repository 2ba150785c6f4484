/** What an intent is about, in the words of either side: a whole file, or the regions of it alone. */
import type { IntendedFile, Region } from '../../../preload/contract/intents.ts';
import type { WireFile, WireRegion } from './wire.ts';

export function toFile(file: WireFile): IntendedFile {
  if (typeof file === 'string' || file.regions === undefined || file.regions.length === 0)
    return typeof file === 'string' ? file : file.path;
  return { path: file.path, regions: file.regions.map(toRegion) };
}

function toRegion(region: WireRegion): Region {
  if (region.kind !== 'range') return region;
  return { kind: 'range', startLine: region.start_line, endLine: region.end_line };
}

export function toWireFile(file: IntendedFile): WireFile {
  if (typeof file === 'string') return file;
  const regions = file.regions.map(toWireRegion);
  return { path: file.path, ...(regions.length > 0 && { regions }) };
}

function toWireRegion(region: Region): WireRegion {
  if (region.kind !== 'range') return region;
  return { kind: 'range', start_line: region.startLine, end_line: region.endLine };
}
