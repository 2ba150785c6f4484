/**
 * Costs: tokens as the CLIs' own records have them, money by the prices of `config.toml` or by the CLI's own word, and budgets. Tokens
 * are what is kept; money is reckoned when it is asked for, so that a corrected price corrects what was.
 */
import { z } from 'zod';
import {
  budgetName,
  budgetRecordSchema,
  budgetRefSchema,
  budgetStateSchema,
  budgetToldSchema,
  costCursorSchema,
  costsRecordSchema,
  costTellSchema,
  costUnitSchema,
  recordName,
} from './cost-records.ts';
import { costAskSchema, costReportSchema, modelPriceSchema } from './cost-report.ts';
import { command, defineFeature, event, query } from './define.ts';

const settled = budgetRefSchema.extend({ is: budgetStateSchema });
const raised = budgetRefSchema.extend({ to: z.number(), from: z.number() });

export const costs = defineFeature({
  name: 'costs',
  commands: {
    'cost.tell': command({
      summary: 'Tell what one of your CLI’s own records says was used since it was last told',
      who: ['agent'],
      data: costTellSchema,
      /** What the next tell of this record names. */
      result: z.object({ at: z.number().int() }),
      cli: {
        name: 'usage tell',
        args: ['record'],
        examples: [
          'musher usage tell other/1 --at 0 --to 900 --row \'{"model":"m","hourMs":0,"input":900,"output":40,"cacheRead":0,"cacheWrite":0,"requests":1}\'',
        ],
      },
    }),
    'cost.raise': command({
      summary: 'Raise a budget: for today, or a story’s for good',
      who: ['operator'],
      data: z.object({
        budget: budgetName.describe('day, profile/<name> or story/<id>'),
        usd: z.number().min(0.01).max(10_000_000).optional().describe('To so many US dollars'),
        tokens: z.number().int().min(1).max(1e15).optional().describe('To so many tokens'),
      }),
      result: z.object({
        budget: z.string(),
        unit: costUnitSchema,
        to: z.number(),
        period: z.string(),
      }),
      cli: {
        name: 'costs raise',
        args: ['budget'],
        examples: ['musher costs raise day --usd 80', 'musher costs raise story/s-12 --usd 20'],
      },
    }),
    'cost.tell_budget': command({
      summary: 'A budget is nearly used, used up, or cannot be kept for want of a price',
      who: ['system'],
      data: budgetToldSchema,
      result: z.object({}),
    }),
    'cost.settle_budget': command({
      summary: 'What was told of a budget is so no more',
      who: ['system'],
      data: settled,
      result: z.object({}),
    }),
  },
  queries: {
    'cost.report': query({
      summary: 'Show tokens and money by agent, story, profile, model or day, and budgets',
      who: ['operator'],
      data: costAskSchema,
      result: costReportSchema,
      cli: {
        name: 'costs',
        examples: [
          'musher costs --by model',
          'musher costs --by day --from 2026-11-01 --agent api',
        ],
      },
    }),
    'cost.prices': query({
      summary:
        'Show which price of which file counts for each model, and what to write for the rest',
      who: ['operator'],
      data: z.object({}),
      result: z.object({
        models: z.array(modelPriceSchema),
        snippet: z.string().optional(),
        /** The user’s own config file, where such a price belongs. */
        path: z.string().optional(),
      }),
      cli: { name: 'costs prices' },
    }),
    'cost.cursor': query({
      summary: 'Show how far you told your CLI’s own records',
      who: ['agent'],
      data: z.object({ records: z.array(recordName).min(1).max(100) }),
      result: z.object({ cursors: z.array(costCursorSchema), nowMs: z.number() }),
      cli: { name: 'usage cursor', args: ['...records'] },
    }),
  },
  events: {
    'cost.told': event({
      v: 1,
      data: costTellSchema.omit({ at: true }).extend({
        agent: z.string(),
        profile: z.string(),
        /** The story that it had then; absent: none. */
        story: z.string().optional(),
      }),
    }),
    'cost.budget_told': event({ v: 1, data: budgetToldSchema }),
    'cost.budget_settled': event({ v: 1, data: settled }),
    'cost.budget_raised': event({ v: 1, data: raised }),
  },
  records: { budget: budgetRecordSchema, costs: costsRecordSchema },
});
