/** A learning as pages see it, and the state of the file that all are kept in. */
import { z } from 'zod';
import { actorSchema } from './envelope.ts';

/** One note. The newest 500 are remembered; the file keeps them all, the log too. */
export const learningRecordSchema = z.object({
  id: z.string(),
  /** Untrusted text. */
  text: z.string(),
  by: actorSchema,
  atMs: z.number(),
  /** How often the same was noted; absent: once. */
  count: z.number().int().optional(),
  /** Who noted it besides the first, at most 8; and when it was noted last, Unix ms. */
  others: z.array(actorSchema).optional(),
  lastMs: z.number().optional(),
});
export type LearningRecord = z.infer<typeof learningRecordSchema>;

/** How the file is, since Musher last tried to bring it up to date. */
export const learningsFileSchema = z.object({
  /** From the root of the repository. */
  path: z.string(),
  state: z.enum(['written', 'failed']),
  atMs: z.number(),
  /** Of one that failed: what was found, and what to do. The file is as it was, and is tried again each minute. */
  problem: z.string().optional(),
  mend: z.string().optional(),
});
export type LearningsFileState = z.infer<typeof learningsFileSchema>;
