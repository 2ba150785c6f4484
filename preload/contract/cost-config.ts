/** What `config.toml` says of costs: `[costs]`, its prices and its budgets. */
import { z } from 'zod';

const perMillion = (of: string) =>
  z
    .number()
    .min(0)
    .max(1_000_000)
    .meta({ unit: 'US dollars' })
    .describe(`US dollars for a million tokens ${of}`);

export const priceConfigSchema = z.strictObject({
  input: perMillion('that are read anew. Required'),
  output: perMillion('that are written. Required'),
  cache_read: perMillion('that are read from the cache. Default: as input').optional(),
  cache_write: perMillion('that are put into the cache. Default: as input').optional(),
});
export type PriceConfig = z.infer<typeof priceConfigSchema>;

const usd = z.number().min(0.01).max(10_000_000).meta({ unit: 'US dollars' }).optional();
const tokens = z.number().int().min(1).max(1e15).meta({ unit: 'tokens' }).optional();
const fresh = 'Tokens read anew, written and put into the cache';

const ofDay = {
  day_usd: usd.describe('US dollars of one day. Default: none'),
  day_tokens: tokens.describe(`${fresh} in one day. Default: none`),
};

const budgets = {
  ...ofDay,
  story_usd: usd.describe('US dollars of one story. Default: none'),
  story_tokens: tokens.describe(`${fresh} for one story. Default: none`),
  warn_at: z
    .number()
    .min(0.01)
    .max(1)
    .optional()
    .describe('Share of a budget at which you are told. Default: 0.8'),
  stop: z
    .boolean()
    .optional()
    .describe(
      'Stop the agents that a budget is about when it is used up; false: only tell. Default: true',
    ),
};

const profileName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected 1 to 40 of a-z, 0-9 and -, beginning with a letter');

const costs = {
  time_zone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'expected a time zone such as "Europe/Berlin"')
    .optional()
    .describe('Where a day begins and ends. Default: the zone of this machine'),
  prices: z
    .record(
      z.string().regex(/^[^\s"]{1,120}$/, 'expected the name of a model, with * for any part'),
      priceConfigSchema,
    )
    .default({})
    .describe(
      'What models cost, by the model’s name with * for any part of it; of several that fit the longest counts',
    ),
  budgets: z
    .strictObject({
      ...budgets,
      profiles: z
        .record(profileName, z.strictObject(ofDay))
        .default({})
        .describe('Budgets of all agents of one profile together'),
    })
    .default({ profiles: {} })
    .describe('What all agents together may use'),
};

export const costsConfigSchema = z.strictObject(costs);
export type CostsConfig = z.infer<typeof costsConfigSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
