/** A recording as a player reads it: its parts with their marks, and pages that lead from one to the next. */
import { type CastEvent, parseSize } from './cast-format.ts';
import { type PartHead, readBefore, readHead, readPage } from './part-reader.ts';
import type { StoredPart, StoredRecording } from './stored-recordings.ts';

export interface ReadablePart extends StoredPart {
  readonly head: PartHead;
  /** True when it goes on where the part before it ends, and that one is there. */
  readonly follows: boolean;
}

/** A place in a recording: a part, and where a line of it begins, in bytes. 0 is its beginning, with the screen. */
export interface Place {
  readonly part: number;
  readonly at: number;
}

export interface PlayPage {
  readonly part: ReadablePart;
  readonly from: Place;
  readonly events: readonly CastEvent[];
  /** Undefined at the end of what is written. */
  readonly next: Place | undefined;
}

export interface Mark {
  readonly atMs: number;
  readonly text: string;
}

/** In order; those without a whole header are left out. */
export async function readableParts({ parts }: StoredRecording): Promise<readonly ReadablePart[]> {
  const heads = await Promise.all(
    parts.map(async (part) => ({ part, head: await readHead(part.path) })),
  );
  const whole = heads.flatMap(({ part, head }) => (head === undefined ? [] : [{ ...part, head }]));
  return whole.map((part, at) => ({ ...part, follows: goesOn(part, whole[at - 1]) }));
}

function goesOn(part: StoredPart & { head: PartHead }, before: StoredPart | undefined): boolean {
  return part.head.missing === undefined && before?.part === part.part - 1;
}

/** Undefined when the part is not there any more. */
export async function readPlayPage(
  parts: readonly ReadablePart[],
  from: Place,
): Promise<PlayPage | undefined> {
  const at = parts.findIndex(({ part }) => part === from.part);
  const part = parts[at];
  if (part === undefined) return undefined;
  const page = await readPage(part.path, part.head, Math.max(from.at, part.head.bodyAt));
  const next =
    page.nextAt === undefined ? beginningOf(parts[at + 1]) : { part: part.part, at: page.nextAt };
  return { part, from, events: page.events, next };
}

/** Without the screen that whoever comes from the part before has already. */
export function beginningOf(part: ReadablePart | undefined): Place | undefined {
  if (part === undefined) return undefined;
  const { bodyAt, screenBytes } = part.head;
  return { part: part.part, at: part.follows ? bodyAt + screenBytes : 0 };
}

/** How long it is, and what stands out: output that is missing, and how it ended. */
export async function readLength(
  parts: readonly ReadablePart[],
): Promise<{ durationMs: number; marks: readonly Mark[] }> {
  const newest = parts.at(-1);
  if (newest === undefined) return { durationMs: 0, marks: [] };
  const last = (await readBefore(newest.path, newest.head)).at(-1);
  const gaps = parts.flatMap(({ head: { atMs, missing } }) =>
    missing === undefined ? [] : [{ atMs, text: `Output is missing: ${missing}` }],
  );
  const ending = last?.code === 'm' && last.atMs !== gaps.at(-1)?.atMs ? [last] : [];
  const marks = [...gaps, ...ending.map(({ atMs, text }) => ({ atMs, text }))];
  return { durationMs: last?.atMs ?? newest.head.atMs, marks };
}

/** The event itself, unless it is one that no terminal could play. */
export function isPlayable({ code, text }: CastEvent): boolean {
  return code !== 'r' || parseSize(text) !== undefined;
}
