/** What commands of settings take and answer. */
import { z } from 'zod';
import { originSchema, origins } from './settings-facts.ts';

export const key = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe('As the file has it: limits.turns, profiles.reviewer.program, gates.test.timeout');
export const typed = z
  .string()
  .max(20_000)
  .describe('In TOML: 5, true, "text", ["a", "b"]; a text needs no quotes');
export const document = z.string().max(300_000).default('').describe('The document, in JSON');
export const where = z
  .enum(origins)
  .default('user')
  .describe('Which file is changed: your own, or the one of this repository, which a team shares');
export const byHand = 'it may name what is run on this machine';

export const changed = z.object({
  key: z.string(),
  in: originSchema,
  path: z.string(),
  /** False: it said that already. */
  isChanged: z.boolean(),
  /** In JSON. Absent: it said nothing; it says nothing now. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** What there is to know beside it: that it does not count, that git keeps the file. */
  notes: z.array(z.string()),
});
export type SettingChanged = z.infer<typeof changed>;
