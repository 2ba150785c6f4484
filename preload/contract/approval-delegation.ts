/** Approvals that a rule of the operator's config decides: by which one, and why it was left to the operator where none did. */
import { z } from 'zod';
import { command, event, query } from './define.ts';

const approval = z.string().min(1).max(80);
const subject = z.object({ approval: z.string(), agent: z.string(), title: z.string() });
/** One sentence; may hold untrusted words, such as the name of a file. */
const why = z.string();

export const ruleActionSchema = z.enum(['approve', 'ask']);

export const lookedRuleSchema = z.object({
  name: z.string(),
  action: ruleActionSchema,
  /** Whose file it is in. The repository's can only ask, and go first. */
  origin: z.enum(['user', 'repository']),
  /** What it says, or of one approval why it fits or does not. */
  why,
  /** Absent where no approval was asked about. */
  fits: z.boolean().optional(),
});
export type LookedRule = z.infer<typeof lookedRuleSchema>;

export const ruleVerdictSchema = z.object({
  action: ruleActionSchema,
  /** The rule that decides it; absent where none fits. */
  rule: z.string().optional(),
  why,
});
export type RuleVerdict = z.infer<typeof ruleVerdictSchema>;

export const delegationCommands = {
  'approval.delegate': command({
    summary: 'Approve what a rule approves',
    who: ['system'],
    data: z.object({ approval, commit: z.string(), diffHash: z.string(), rule: z.string() }),
    result: z.object({}),
  }),
  'approval.leave': command({
    summary: 'Leave an approval that rules looked at to the operator',
    who: ['system'],
    data: z.object({ approval, why, rule: z.string().optional() }),
    result: z.object({}),
  }),
};

export const delegationQueries = {
  'approval.rules': query({
    summary:
      'Say which delegation rule an approval would come under now, and why; or list the rules',
    who: ['operator'],
    data: z.object({ approval: approval.optional() }),
    result: z.object({
      /** Of the approval that was asked about. */
      verdict: ruleVerdictSchema.optional(),
      /** In the order in which they are looked at. */
      rules: z.array(lookedRuleSchema),
      /** A config file that was never good: what it wants asked is not known, so nothing is approved by a rule. */
      unreadable: z.string().optional(),
    }),
    cli: {
      name: 'approval rules',
      args: ['approval'],
      examples: ['musher approval rules a-7', 'musher approval rules'],
    },
  }),
};

export const delegationEvents = {
  /** A rule might have decided it, and did not: the operator does. */
  'approval.left': event({ v: 1, data: subject.extend({ why, rule: z.string().optional() }) }),
};
