/**
 * A recording as one asciicast v2, by page. Parts that go on where the one before ends are joined without their screen;
 * where something is missing between them, the screen is set anew.
 */
import { type CastEvent, eventLine, plainHeaderLine, sizeText } from './cast-format.ts';
import { readBefore } from './part-reader.ts';
import {
  beginningOf,
  isPlayable,
  type Place,
  type ReadablePart,
  readPlayPage,
} from './play-page.ts';
import { SecretMask } from './secrets.ts';

export interface ExportPage {
  /** Whole lines. */
  readonly text: string;
  readonly next: Place | undefined;
}

const reset = '\x1bc';

/** Undefined when the place is not there any more. */
export async function readExportPage(
  parts: readonly ReadablePart[],
  from: Place,
  isMasked: boolean,
): Promise<ExportPage | undefined> {
  const page = await readPlayPage(parts, from);
  if (page === undefined) return undefined;
  const startMs = parts[0]?.head.atMs ?? 0;
  const events = page.events.filter(isPlayable);
  const shown = isMasked ? maskEvents(events, await textBefore(parts, from)) : events;
  const lines = shown.map((event) => harmless(eventLine(event, startMs)));
  return { text: [headOf(parts, page.part, from), ...lines].join(''), next: page.next };
}

/** It may be printed on a terminal as it is: what JSON leaves and a terminal obeys is written as a number. */
function harmless(line: string): string {
  return line.replace(
    /[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function headOf(parts: readonly ReadablePart[], { part, head }: ReadablePart, from: Place): string {
  if (from.at !== 0) return '';
  const [first] = parts;
  if (first === undefined || first.part === part) return plainHeaderLine(head);
  const anew: CastEvent[] = [
    { atMs: head.atMs, code: 'o', text: reset },
    { atMs: head.atMs, code: 'r', text: sizeText(head) },
  ];
  return anew.map((event) => eventLine(event, first.head.atMs)).join('');
}

function maskEvents(events: readonly CastEvent[], before: string): CastEvent[] {
  const mask = new SecretMask();
  mask.mask([before]);
  const texts = mask.mask(events.map(({ code, text }) => (code === 'o' ? text : '')));
  return events.map((event, at) =>
    event.code === 'o' ? { ...event, text: texts[at] ?? event.text } : event,
  );
}

/** A secret may have begun on the page before. */
async function textBefore(parts: readonly ReadablePart[], from: Place): Promise<string> {
  const at = parts.findIndex(({ part }) => part === from.part);
  const part = parts[at];
  if (part === undefined || from.at === 0) return '';
  const isBeginning = from.at === beginningOf(part)?.at;
  const source = isBeginning ? parts[at - 1] : part;
  if (source === undefined) return '';
  const events = await readBefore(source.path, source.head, isBeginning ? undefined : from.at);
  return events.map(({ code, text }) => (code === 'o' ? text : '')).join('');
}
