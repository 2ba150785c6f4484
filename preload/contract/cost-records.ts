/** Costs as plain data: tokens, what they are told by, budgets. */
import { z } from 'zod';

const count = z.number().int().min(0).max(1e12);

/** `input` leaves out what the cache had: the four are apart, and their sum is all. */
export const tokensSchema = z.object({
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite: count,
});
export type Tokens = z.infer<typeof tokensSchema>;

export const hourMs = 3_600_000;

/** What one model used in one hour. */
export const costRowSchema = tokensSchema.extend({
  model: z.string().min(1).max(200),
  /** Begin of the hour in UTC, Unix ms. */
  hourMs: z.number().int().min(0),
  requests: count,
  /** US dollars, where the CLI tells them with the tokens. */
  costUsd: z.number().min(0).max(1_000_000).optional(),
});
export type CostRow = z.infer<typeof costRowSchema>;

export const recordName = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[\w.:/-]+$/, 'expected letters, digits and _ . : / -')
  .describe('One of your CLI’s own records: `claude/<conversation>`');

/** How far an agent told one record; what a reader goes on from. */
export const costCursorSchema = z.object({
  record: recordName,
  /** How often it was told: what the next tell names, so that each is taken once. */
  at: z.number().int(),
  /** Bytes, or whatever the record is counted in; 0 before the first. */
  to: z.number().int(),
  /** Of the file that was read: another one begins anew. */
  identity: z.string().optional(),
  /** What is of this time or before is not told when a record begins (anew), Unix ms. */
  untilMs: z.number(),
  /** When it was told last, Unix ms. */
  toldMs: z.number().optional(),
  /** The reader’s own, as it gave it. */
  memo: z.string(),
});
export type CostCursor = z.infer<typeof costCursorSchema>;

export const costTellSchema = z.object({
  record: recordName,
  at: z.number().int().min(0).describe('As `cost.cursor` has it: who is behind is refused'),
  to: z.number().int().min(0).max(1e15).describe('How far it is read after this'),
  identity: z.string().max(100).optional().describe('Of the file that is read'),
  untilMs: z.number().min(0).max(1e14).default(0).describe('Time of the newest of it, Unix ms'),
  memo: z.string().max(4_096).default('').describe('What the next reader goes on from'),
  rows: z.array(costRowSchema).max(200).describe('Tokens by model and hour'),
});
export type CostTell = z.infer<typeof costTellSchema>;

export const costUnitSchema = z.enum(['usd', 'tokens']);
export type CostUnit = z.infer<typeof costUnitSchema>;

/** `day`, `profile/claude` (of a day), `story/s-12` (as long as it lasts). */
export const budgetName = z.string().min(1).max(80);

/** One budget in one period. */
export const budgetRefSchema = z.object({
  budget: budgetName,
  unit: costUnitSchema,
  /** The day, as 2026-11-30; `all` of a story. */
  period: z.string().max(20),
});
export type BudgetRef = z.infer<typeof budgetRefSchema>;

/** `near`: the share to tell at is used. `spent`: it is used up. `blind`: in dollars, and tokens of it have no price, so it cannot be kept. */
export const budgetStateSchema = z.enum(['near', 'spent', 'blind']);
export type BudgetState = z.infer<typeof budgetStateSchema>;

export const budgetToldSchema = budgetRefSchema.extend({
  is: budgetStateSchema,
  used: z.number(),
  of: z.number(),
  /** Of `spent`: the agents that it is about are stopped. */
  stops: z.boolean().optional(),
  /** Models without a price, of which tokens are not in `used`; at most five. Untrusted text. */
  unpriced: z.array(z.string()).optional(),
});
export type BudgetTold = z.infer<typeof budgetToldSchema>;

/** What was told of a budget and holds still, and what the operator raised it to. By `<budget>.<unit>`. */
export const budgetRecordSchema = z.object({
  id: z.string(),
  budget: budgetName,
  unit: costUnitSchema,
  told: z.array(budgetToldSchema),
  raised: z.object({ to: z.number(), period: z.string() }).optional(),
});
export type BudgetRecord = z.infer<typeof budgetRecordSchema>;

/** One: how often costs were told, by which a page sees that they changed. */
export const costsRecordSchema = z.object({ id: z.literal('costs'), tells: z.number().int() });
