/** What is known of an agent's work: what it does, by whose word, and how long ago it was heard. */
import { z } from 'zod';

/** What the agent is doing, as far as anybody knows. */
export const agentStatusSchema = z.object({
  value: z.enum(['unknown', 'working', 'waiting', 'idle', 'blocked', 'done']),
  /**
   * The evidence: a hook of its CLI, the agent's own word, an open question or approval, the process, or nothing.
   * `answer`, `review`: what it waited for was settled, and it has said nothing since. `screen`: the phrases of its profile, while no
   * hook is heard. `silence`: it was at work, and nothing has been heard of it for 30 minutes.
   */
  source: z.enum([
    'none',
    'hook',
    'report',
    'question',
    'approval',
    /** Something else that waits for a decision, of whatever feature. */
    'wait',
    'answer',
    'review',
    'process',
    'screen',
    'silence',
  ]),
  /** The agent's own words, or its CLI's; shown as untrusted text. */
  note: z.string().max(500).optional(),
  /** When this value became true, Unix ms. */
  sinceMs: z.number(),
});
export type AgentStatus = z.infer<typeof agentStatusSchema>;

/** Age of the newest sign of life: active < 5 min, idle < 30 min, stale from then on. `unknown` before the first. */
export const livenessSchema = z.enum(['unknown', 'active', 'idle', 'stale']);
export type Liveness = z.infer<typeof livenessSchema>;
