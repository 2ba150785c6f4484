/** Parts of files, compared as text: names as they are written in many languages, ranges by their lines. */
import type { Region } from '../../../preload/contract/intents.ts';

/** `hint`: why it is less than sure, in a few words. */
export type Meeting = { readonly hint?: string };

/** Undefined where no two of them meet; a sure meeting goes before one with a hint. */
export function regionsMeet(one: readonly Region[], other: readonly Region[]): Meeting | undefined {
  let unsure: Meeting | undefined;
  for (const a of one)
    for (const b of other) {
      const meeting = meet(a, b);
      if (meeting !== undefined && meeting.hint === undefined) return meeting;
      unsure ??= meeting;
    }
  return unsure;
}

function meet(a: Region, b: Region): Meeting | undefined {
  if (a.kind === 'range' && b.kind === 'range') {
    const isApart = a.endLine < b.startLine || b.endLine < a.startLine;
    return isApart ? undefined : {};
  }
  if (a.kind === 'range' || b.kind === 'range') {
    const [range, named] = a.kind === 'range' ? [a, b] : [b, a];
    return {
      hint: `${sayRegion(range)} against ${sayRegion(named)}: where that stands is not known`,
    };
  }
  if (nameOf(a) !== nameOf(b)) return undefined;
  return a.kind === b.kind ? {} : { hint: `${sayRegion(a)} against ${sayRegion(b)}` };
}

export function sayRegion(region: Region): string {
  if (region.kind === 'range') return `lines ${region.startLine} to ${region.endLine}`;
  return `${region.kind} ${region.kind === 'block' ? region.anchor : region.name}`;
}

const leading =
  /^(?:(?:export|default|public|private|protected|static|async|pub|abstract)\s+)*(?:function|func|fn|fun|def|class|struct|interface|impl)\b[\s*]*/iu;

/** `fn parse_config()`, `parseConfig` and `Parse-Config` are one name. */
function nameOf(region: Exclude<Region, { kind: 'range' }>): string {
  const said = (region.kind === 'block' ? region.anchor : region.name).normalize('NFKC').trim();
  const plain = said
    .replace(/^#+\s*/u, '')
    .replace(leading, '')
    .replace(/\(.*$/su, '')
    .replace(/[\s_\-.:/]+/gu, '')
    .toLowerCase();
  return plain === '' ? said.toLowerCase() : plain;
}
