/**
 * What is said on the way of terminals between a rendezvous and a node. The rendezvous can ask to watch, and nothing else: there is no word for a
 * key or a size. JSON text, but for screens and output: these are four bytes with the number of the watch (big endian), then bytes as they are.
 */
import { z } from 'zod';
import { claimedStory } from './claim-facts.ts';

/** Of one message, either way. */
export const messageBytes = 512 * 1024;
/** Of one piece of a screen or of output. */
export const pieceBytes = 64 * 1024;
/** Of one screen with the lines above it. The host of a terminal gives one that watches less than that. */
export const screenBytes = 1536 * 1024;
/** Output that a node may send beyond what was parsed: what its host gives one that watches, and what was on the way meanwhile. */
export const windowBytes = 1024 * 1024;
/** UTF-16 units; as JSON it fits into a message, whatever they are. */
const textLength = 80_000;

const w = z.number().int().min(1).max(0xffff_ffff);
const cells = z.number().int().min(1).max(1_000);
const count = z.number().int().min(0);

/** From the rendezvous. `w` is chosen by it, and never used twice on one link. */
export const watchAskSchema = z.discriminatedUnion('k', [
  z.strictObject({ k: z.literal('watch'), w, story: claimedStory }),
  /** Answered by `end`. */
  z.strictObject({ k: z.literal('unwatch'), w }),
  /** Output since the last screen that was parsed. Cumulative. */
  z.strictObject({ k: z.literal('parsed'), w, bytes: count }),
  /** Asks for the text on the screen, once; answered by `text` or `end`. */
  z.strictObject({ k: z.literal('text'), w, story: claimedStory }),
]);
export type WatchAsk = z.infer<typeof watchAskSchema>;

/** Why a node shows it no longer, or not at all. Words for people are made of it here: its own would be untrusted. */
export const watchEnds = ['claim', 'limit', 'gone', 'large'] as const;
export type WatchEnd = (typeof watchEnds)[number];

/** From the node. Untrusted. */
export const watchSaidSchema = z.discriminatedUnion('k', [
  /** So many bytes of the pieces that follow are the screen; what comes after them is output. */
  z.strictObject({
    ...{ k: z.literal('screen'), w, cols: cells, rows: cells },
    bytes: count.max(screenBytes),
    hasSkipped: z.literal(true).optional(),
  }),
  /** Its program ended; another screen follows once its agent has started again. */
  z.strictObject({
    ...{ k: z.literal('exit'), w },
    exitCode: z.number().int().nullable(),
    signal: z
      .string()
      .regex(/^SIG[A-Z0-9+-]{1,16}$/)
      .nullable(),
  }),
  z.strictObject({ k: z.literal('end'), w, why: z.enum(watchEnds).optional() }),
  z.strictObject({
    k: z.literal('text'),
    w,
    text: z.string().max(textLength),
    cols: cells,
    rows: cells,
  }),
]);
export type WatchSaid = z.infer<typeof watchSaidSchema>;

export interface Piece {
  readonly w: number;
  readonly bytes: Uint8Array;
}

const headBytes = 4;

export function* toPieces(watch: number, bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const part = bytes.subarray(at, at + pieceBytes);
    const piece = new Uint8Array(headBytes + part.length);
    new DataView(piece.buffer).setUint32(0, watch);
    piece.set(part, headBytes);
    yield piece;
  }
}

/** What a node sent: a word, a piece, or why it is neither. */
export function parseSaid(message: string | Uint8Array): WatchSaid | Piece | string {
  if (typeof message === 'string') return parsed(watchSaidSchema, message);
  const length = message.length - headBytes;
  if (length < 1) return 'a piece without bytes';
  if (length > pieceBytes) return `a piece of ${length} bytes`;
  const { buffer, byteOffset } = message;
  const number = new DataView(buffer, byteOffset).getUint32(0);
  return { w: number, bytes: message.subarray(headBytes) };
}

/** What a rendezvous asked, or why it is no such thing. */
export function parseAsk(message: string | Uint8Array): WatchAsk | string {
  return typeof message === 'string' ? parsed(watchAskSchema, message) : 'bytes';
}

/** A screen's text, as long as it fits; of a longer one its end. */
export function fittingText(text: string): string {
  return text.slice(-textLength);
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'a text that is no JSON';
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return `a malformed word at ${issue?.path.map(String).join('.') || 'its head'}`;
}
