/** What `[pipeline]` of `config.toml` says of how stories land. */
import { z } from 'zod';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const mostMs = 365 * unitMs.d;

/** `90s`, `30m`, `4h`, `2d`; undefined for anything else, and for more than a year. */
export function retentionMs(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})(s|m|h|d)$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit as keyof typeof unitMs] ?? Number.NaN);
  return ms <= mostMs ? ms : undefined;
}

const profile = z.string().min(1).max(40).optional();
const minutes = z.number().min(0.05).max(10_080).meta({ unit: 'minutes' }).optional();

export const landingConfig = {
  retention: z
    .string()
    .refine((text) => retentionMs(text) !== undefined, {
      error: ({ input }) => `expected 0s to 365d, such as 30m, 4h or 2d, found "${String(input)}"`,
    })
    .meta({ format: 'duration' })
    .optional()
    .describe('How long after its merge a story that is done is archived. Default: 4h'),
  without_gates: z
    .enum(['ask', 'merge'])
    .meta({ ownOnly: true })
    .optional()
    .describe(
      'What becomes of a story that its gates alone review where no required gate is configured: you are asked, or it is merged unchecked. Only your own config file is asked for it. Default: ask',
    ),
  update_checkout: z
    .boolean()
    .meta({ ownOnly: true })
    .optional()
    .describe(
      'Where the target of a story is checked out and clean, bring those files along without asking. Only your own config file is asked for it. Default: false',
    ),
  merge_profile: profile.describe(
    'Profile of the agents that mend what does not merge. Default: that of the story’s agent, unless it is shell or script',
  ),
  merge_attempts: z
    .number()
    .int()
    .min(1)
    .max(20)
    .meta({ unit: 'times' })
    .optional()
    .describe(
      'Merges of a story that fail in a row, or merge agents that end without a result, before it is blocked. Default: 3',
    ),
  merge_minutes: z
    .number()
    .min(1)
    .max(10_080)
    .meta({ unit: 'minutes' })
    .optional()
    .describe('Minutes that a merge agent may take. Default: 30'),
  merge_turns: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .meta({ unit: 'turns' })
    .optional()
    .describe('Turns that a merge agent may take. Default: as [limits] says'),
  merge_cost_usd: z
    .number()
    .min(0.01)
    .max(100_000)
    .meta({ unit: 'US dollars' })
    .optional()
    .describe('US dollars that a merge agent may cost. Default: as [limits] says'),
  review_profile: profile.describe(
    'Profile of the agents that review stories which ask for that. Default: that of the story’s agent, unless it is shell or script',
  ),
  review_minutes: minutes.describe(
    'Minutes that a reviewing agent may take; then you are asked. Default: 20',
  ),
};
