/** What an agent says that it is about to change: files, patterns, parts of files. */
import { z } from 'zod';

const name = z.string().trim().min(1).max(500);
const line = z.number().int().min(1);

/** A part of a file. Names are compared as text, never by reading the source. Lines count from 1, both ends included. */
export const regionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('function'), name }),
  z.object({ kind: z.literal('class'), name }),
  z.object({ kind: z.literal('block'), anchor: name.describe('A heading or landmark') }),
  z.object({ kind: z.literal('range'), startLine: line, endLine: line }),
]);
export type Region = z.infer<typeof regionSchema>;

/** From the root of the repository. */
const path = z.string().trim().min(1, 'expected a path').max(4_000);

/** A whole file, a pattern, or the regions of a file alone. */
export const intendedFileSchema = z.union([
  path,
  z.object({ path, regions: z.array(regionSchema).max(500).default([]) }),
]);
export type IntendedFile = z.infer<typeof intendedFileSchema>;

/** A week: longer is no plan. */
export const longestIntentMs = 7 * 86_400_000;

/** What an agent is about to change. One for each agent: a new one replaces it. */
export const intentRecordSchema = z.object({
  agent: z.string(),
  files: z.array(intendedFileSchema),
  /** Untrusted text. */
  summary: z.string(),
  /** A claim: while it lives, nobody else can claim what overlaps. */
  exclusive: z.boolean(),
  declaredMs: z.number(),
  /** When it counts no more, Unix ms. */
  untilMs: z.number(),
  /** Number of its event in the log. */
  seq: z.number(),
});
export type IntentRecord = z.infer<typeof intentRecordSchema>;
