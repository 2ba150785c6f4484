/**
 * asciicast v2: a header line, then one line `[seconds, code, text]` for each event. Each file of a recording is a whole
 * one and plays alone; what joins them stands in the header under a key of ours, which other players pass over.
 */
import type { TerminalSize } from '../../features/terminals/ports.ts';
import { eventChars } from './limits.ts';

/** Output, a new size as `80x24`, a mark. What is typed is never recorded. */
export type EventCode = 'o' | 'r' | 'm';

export interface CastEvent {
  /** Since the recording began, over all of its files. */
  readonly atMs: number;
  readonly code: EventCode;
  readonly text: string;
}

export interface PartHeader extends TerminalSize {
  /** When the file begins, Unix ms. */
  readonly startMs: number;
  readonly title: string;
  /** When the file begins, in milliseconds since the recording did. */
  readonly atMs: number;
  /** Why output just before it is missing; left out when the file goes on where the one before ends. */
  readonly missing?: string | undefined;
  /** Bytes of the lines after this one that make the screen as it was: of no use to whoever comes from the file before. */
  readonly screenBytes: number;
}

const codes: ReadonlySet<unknown> = new Set(['o', 'r', 'm'] satisfies EventCode[]);

export function headerLine(header: PartHeader): string {
  const { atMs, missing, screenBytes } = header;
  return line({ ...commonHeader(header), musher: { atMs, missing, screenBytes } });
}

/** The header of a recording in one piece. */
export function plainHeaderLine(header: PartHeader): string {
  return line(commonHeader(header));
}

function commonHeader({ cols, rows, startMs, title }: PartHeader) {
  const timestamp = Math.floor(startMs / 1000);
  const env = { TERM: 'xterm-256color' };
  return { version: 2, width: cols, height: rows, timestamp, title, env };
}

/** `fromMs`: when the file begins that it stands in. */
export function eventLine({ atMs, code, text }: CastEvent, fromMs: number): string {
  return line([Math.max(0, Math.round(atMs - fromMs)) / 1000, code, text]);
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** Undefined when it is no header of ours. */
export function parseHeader(text: string): PartHeader | undefined {
  const { version, title, musher, ...common } = parse(text) as Record<string, unknown>;
  const { width, height, timestamp } = common as Record<'width' | 'height' | 'timestamp', number>;
  const { atMs, missing, screenBytes } = (musher ?? {}) as Record<string, unknown>;
  const isWhole =
    version === 2 && [width, height, timestamp, atMs, screenBytes].every(Number.isFinite);
  if (!isWhole) return undefined;
  return {
    cols: clamp(width, 2),
    rows: clamp(height, 1),
    startMs: timestamp * 1000,
    title: String(title ?? ''),
    atMs: Number(atMs),
    missing: typeof missing === 'string' ? missing : undefined,
    screenBytes: Number(screenBytes),
  };
}

/** Undefined for what is no event: the last line of a file may be torn. */
export function parseEvent(text: string, fromMs: number): CastEvent | undefined {
  const values = parse(text);
  const [seconds, code, data]: unknown[] = Array.isArray(values) ? values : [];
  if (!Number.isFinite(seconds) || !codes.has(code) || typeof data !== 'string') return undefined;
  return { atMs: fromMs + Math.round(Number(seconds) * 1000), code: code as EventCode, text: data };
}

export function sizeText({ cols, rows }: TerminalSize): string {
  return `${cols}x${rows}`;
}

/** Undefined when it is no size that a terminal can have. */
export function parseSize(text: string): TerminalSize | undefined {
  const [, cols, rows] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  if (cols === undefined || rows === undefined) return undefined;
  return { cols: clamp(Number(cols), 2), rows: clamp(Number(rows), 1) };
}

/** In pieces that an event may have; no character is cut. */
export function toPieces(text: string): string[] {
  if (text.length <= eventChars) return text === '' ? [] : [text];
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const last = text.charCodeAt(at + eventChars - 1);
    const end = at + eventChars - (last >= 0xd800 && last <= 0xdbff ? 1 : 0);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

function clamp(value: number, least: number): number {
  return Math.min(Math.max(Math.floor(value), least), 5000);
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : [];
  } catch {
    return [];
  }
}
