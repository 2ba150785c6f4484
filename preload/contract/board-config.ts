/** What `config.toml` says of the board: `[board]`. */
import { z } from 'zod';

const most = z.number().int().min(1).max(10_000).meta({ unit: 'stories' }).optional();

export const boardConfig = {
  wip: z
    .strictObject({ backlog: most, coding: most, qa: most, merge: most, merge_failed: most })
    .optional()
    .describe(
      'How many stories may be in a stage at once before the board says that it is too many, such as { coding = 3 }. It is told and never enforced: a gate that passes is not to be held up by a column. Default: any number',
    ),
};

/** Whichever of them has a limit. */
export const boardSchema = z.object({ wip: z.record(z.string(), z.number().int()) });
export type BoardSettings = z.infer<typeof boardSchema>;
