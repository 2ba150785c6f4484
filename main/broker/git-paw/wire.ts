/**
 * The messages of git-paw's wire, as its clients write and read them: `{type, agent_id, payload}`, two of them flat. Parsed
 * here they have all their fields, in the order in which its broker writes them.
 */
import { z } from 'zod';

const filled = z.string().refine((text) => text.trim() !== '', 'must not be empty');
const list = z.array(z.string()).default([]);

/** Whole lines count from 1. A kind that nobody knows is refused, so that no region is lost in silence. */
const regionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('function'), name: filled }),
  z.object({ kind: z.literal('class'), name: filled }),
  z.object({ kind: z.literal('block'), anchor: filled }),
  z.object({
    kind: z.literal('range'),
    start_line: z.number().int().min(1),
    end_line: z.number().int().min(1),
  }),
]);
export type WireRegion = z.infer<typeof regionSchema>;

const fileSchema = z.union([
  filled,
  z.object({ path: filled, regions: z.array(regionSchema).optional() }),
]);
export type WireFile = z.infer<typeof fileSchema>;

/** What clients tell agents to say, where they leave it out; seconds. */
const defaultValidSeconds = 900;

const status = z.object({
  status: filled,
  modified_files: list,
  message: z.string().nullable().default(null),
  cli: z.string().optional(),
  phase: z.string().optional(),
  detail: z.unknown().optional(),
});
const artifact = z.object({ status: filled, exports: list, modified_files: list });
const blocked = z.object({ needs: filled, from: filled });
const verified = z.object({
  verified_by: filled,
  message: z.string().nullable().default(null),
});
const feedback = z.object({
  from: filled,
  errors: z.array(z.string()).min(1, 'must not be empty'),
});
const answer = z.object({ from: filled, answer: filled, re: z.string().optional() });
const intent = z.object({
  files: z.array(fileSchema).min(1, 'must not be empty'),
  summary: filled,
  valid_for_seconds: z.number().int().min(1, 'must be more than 0').default(defaultValidSeconds),
});
const learning = z.object({
  id: z.string(),
  agent_id: filled,
  branch_id: z.string().optional(),
  category: filled,
  title: filled,
  body: z.unknown(),
  timestamp: filled,
});

function addressed<Type extends string, Payload extends z.ZodType>(type: Type, payload: Payload) {
  return z.object({ type: z.literal(type), agent_id: filled, payload });
}

export const wireMessageSchema = z.discriminatedUnion('type', [
  addressed('agent.status', status),
  addressed('agent.artifact', artifact),
  addressed('agent.blocked', blocked),
  addressed('agent.verified', verified),
  addressed('agent.feedback', feedback),
  addressed('agent.answer', answer),
  addressed('agent.question', z.object({ question: filled })),
  addressed('agent.intent', intent),
  z.object({
    type: z.literal('agent.advanced-main'),
    from: filled,
    merged_branch: filled,
    new_main_sha: filled,
    base: filled,
    merged_at: z.iso.datetime({ offset: true }),
    summary: z.string().optional(),
  }),
  z.object({ type: z.literal('agent.learning'), payload: learning }),
]);
/** What a client may publish. */
export type WireMessage = z.infer<typeof wireMessageSchema>;
/** What it may read: also what the broker itself tells the supervisor. */
export type ReadMessage =
  | WireMessage
  | { readonly type: 'supervisor.verify-now'; readonly branch_id: string };

export const watchSchema = z.object({
  agent_id: filled,
  worktree_path: filled,
  cli: z.string().default(''),
});

/** Texts that models copy from an example without filling them in: field and value of the first, or undefined. */
export function findPlaceholder(
  message: WireMessage,
): { readonly field: string; readonly value: string } | undefined {
  return guarded(message).find(({ value }) => isPlaceholder(value));
}

export function isPlaceholder(text: string): boolean {
  return /^<.*>$/su.test(text.trim());
}

function guarded(message: WireMessage): { field: string; value: string }[] {
  switch (message.type) {
    case 'agent.question':
      return [{ field: 'question', value: message.payload.question }];
    case 'agent.blocked':
      return [{ field: 'needs', value: message.payload.needs }];
    case 'agent.feedback':
      return message.payload.errors.map((value) => ({ field: 'errors', value }));
    case 'agent.answer':
      return [
        { field: 'answer', value: message.payload.answer },
        { field: 're', value: message.payload.re ?? '' },
      ];
    default:
      return [];
  }
}

/** Who says that it sends this. The envelope of a verdict, a feedback or an answer names whom it is for. */
export function senderIn(message: WireMessage): { readonly field: string; readonly name: string } {
  switch (message.type) {
    case 'agent.verified':
      return { field: 'payload.verified_by', name: message.payload.verified_by };
    case 'agent.feedback':
    case 'agent.answer':
      return { field: 'payload.from', name: message.payload.from };
    case 'agent.advanced-main':
      return { field: 'from', name: message.from };
    case 'agent.learning':
      return { field: 'payload.agent_id', name: message.payload.agent_id };
    default:
      return { field: 'agent_id', name: message.agent_id };
  }
}
