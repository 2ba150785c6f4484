/** The report of costs: what is asked, and what is answered. */
import { z } from 'zod';
import {
  budgetRefSchema,
  budgetStateSchema,
  costUnitSchema,
  tokensSchema,
} from './cost-records.ts';

export const costBySchema = z.enum(['agent', 'story', 'profile', 'model', 'day']);
export type CostBy = z.infer<typeof costBySchema>;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day, such as 2026-11-30');
const name = z.string().min(1).max(200);

export const costAskSchema = z.object({
  by: costBySchema.default('agent').describe('What the lines are'),
  from: day.optional().describe('First day, as 2026-11-01. Default: 29 days before the last'),
  to: day.optional().describe('Last day. Default: today'),
  agent: name.optional().describe('Only of this agent'),
  story: name.optional().describe('Only of this story'),
  profile: name.optional().describe('Only of agents of this profile'),
  model: name.optional().describe('Only of this model'),
});
export type CostAsk = z.infer<typeof costAskSchema>;

/** Sums of some usage. */
export const costSumSchema = tokensSchema.extend({
  requests: z.number(),
  /** What is known of it, US dollars: by prices of the config, else what the CLI told. */
  usd: z.number(),
  /** Part of `usd` that the CLI told. */
  toldUsd: z.number(),
  /** Tokens without a price, of all four kinds: `usd` leaves them out. */
  unpriced: z.number(),
});
export type CostSum = z.infer<typeof costSumSchema>;

export const costLineSchema = costSumSchema.extend({
  /** Untrusted text; empty where there is none: work without a story, money without a model. */
  key: z.string(),
  /** Of the dollars of all lines; of their tokens where no line has any. 0 to 1. */
  share: z.number(),
});
export type CostLine = z.infer<typeof costLineSchema>;

/** How one model is priced. */
export const modelPriceSchema = z.object({
  model: z.string(),
  tokens: z.number(),
  /** Absent: no price fits. */
  rule: z
    .object({
      pattern: z.string(),
      path: z.string(),
      input: z.number(),
      output: z.number(),
      cacheRead: z.number(),
      cacheWrite: z.number(),
    })
    .optional(),
  /** Dollars that its CLI told, of what no price fits. */
  toldUsd: z.number(),
});
export type ModelPrice = z.infer<typeof modelPriceSchema>;

export const budgetUseSchema = budgetRefSchema.extend({
  unit: costUnitSchema,
  used: z.number(),
  of: z.number(),
  /** What it was before it was raised. */
  raisedFrom: z.number().optional(),
  warnAt: z.number(),
  stops: z.boolean(),
  is: z.array(budgetStateSchema),
  /** Tokens and models of it without a price: then nobody can say that it holds. */
  unpriced: z.number(),
  unpricedModels: z.array(z.string()),
  /** Where it stands: path of the file, and its key. */
  path: z.string(),
  key: z.string(),
});
export type BudgetUse = z.infer<typeof budgetUseSchema>;

export const costReportSchema = z.object({
  by: costBySchema,
  /** Days are of this zone. */
  zone: z.string(),
  from: z.string(),
  to: z.string(),
  /** Those that cost most first; of days, the first first. At most 500, then `omitted`. */
  lines: z.array(costLineSchema),
  omitted: z.number().optional(),
  total: costSumSchema,
  /** The same length of time before `from`; absent where nothing is known of it. */
  before: costSumSchema.optional(),
  /** By day, each day there was any: what the twelve first lines had, and the rest as `…`. */
  days: z.array(
    z.object({
      day: z.string(),
      usd: z.number(),
      tokens: z.number(),
      parts: z.array(z.object({ key: z.string(), usd: z.number(), tokens: z.number() })),
    }),
  ),
  models: z.array(modelPriceSchema),
  /** Lines for config.toml that would price what has none; the numbers are to be filled in. Absent where all is priced. */
  snippet: z.string().optional(),
  budgets: z.array(budgetUseSchema),
  /** Whether anything was ever told. */
  isEmpty: z.boolean(),
  nowMs: z.number(),
});
export type CostReport = z.infer<typeof costReportSchema>;
