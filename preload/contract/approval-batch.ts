/** Several yeses as one command: each for exactly what was seen, and each with what became of it. */
import { z } from 'zod';
import { command } from './define.ts';
import { mergeStrategySchema } from './merge-queue.ts';
import { wireErrorSchema } from './wire-error.ts';

/** More are no longer looked at one by one. */
export const mostApproved = 50;

const approval = z.string().min(1).max(80);

/** `<approval>:<commit>`, or with the hash of the diff `<approval>:<commit>:<hash>`. */
const spelled = z
  .string()
  .max(250)
  .regex(
    /^[^:\s]{1,80}:[0-9a-fA-F]{7,64}(?::[0-9a-f]{64})?$/,
    'expected <approval>:<commit>, as a-7:3f9d2c8, with the commit you saw',
  );

export const seenApprovalSchema = z.object({
  approval,
  commit: z.string().min(7).max(64),
  diffHash: z.string().optional(),
  /** Where they are left out, what the command says for all. */
  updateCheckout: z.boolean().optional(),
  strategy: mergeStrategySchema.optional(),
});
export type SeenApproval = z.infer<typeof seenApprovalSchema>;

export const batchCommands = {
  'approval.approve_many': command({
    summary: 'Approve several, each exactly the commit you saw; each is decided by itself',
    who: ['operator'],
    byHand: 'it decides on exactly what you see',
    data: z.object({
      items: z
        .array(z.union([spelled, seenApprovalSchema]))
        .min(1)
        .max(mostApproved)
        .describe('Each as <approval>:<commit>, or with the hash of its diff behind'),
      note: z.string().trim().max(20_000).default('').describe('What you say to each agent'),
      updateCheckout: z
        .boolean()
        .default(false)
        .describe('Where a target is checked out and clean, bring those files along'),
      strategy: mergeStrategySchema.optional().describe('How they are merged'),
    }),
    result: z.object({
      /** In the order asked for; with what refused it, where it was. */
      results: z.array(z.object({ approval: z.string(), error: wireErrorSchema.optional() })),
      approved: z.number(),
    }),
    cli: {
      name: 'approve-many',
      args: ['...items'],
      examples: ['musher approve-many a-7:3f9d2c8 a-8:61b0a4e --note "thanks, both"'],
    },
  }),
};

/** What one item says, however it is written. */
export function toSeen(item: string | SeenApproval): SeenApproval {
  if (typeof item !== 'string') return item;
  const [name = '', commit = '', diffHash] = item.split(':');
  return { approval: name, commit, ...(diffHash !== undefined && { diffHash }) };
}
