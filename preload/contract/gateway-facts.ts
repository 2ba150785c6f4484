/** What a gateway and its projects say to each other and show. Whatever a project says of itself is untrusted text. */
import { z } from 'zod';
import { nodeLabelHint, nodeLabelPattern } from './node-label.ts';
import { mcpGrants } from './say-gateway.ts';
import { storyStages } from './story-stages.ts';
import { wireErrorSchema } from './wire-error.ts';

/** What both ends of `/link` must speak: it is raised when one could misunderstand the other. */
export const gatewayProtocol = 1;

/** What people call a project at a gateway. */
export const projectNameSchema = z.string().trim().regex(nodeLabelPattern, nodeLabelHint);

/** What the gateway may have a project do for MCP clients. */
export const mcpGrantSchema = z.enum(mcpGrants);

/** No calendar goes further. */
const latestMs = 8.64e15;
const count = z.number().int().min(0).max(1_000_000);

/** How a project stands, in numbers: no title, no name and no text of its agents leaves it. Bounded: anything else is refused. */
export const projectStatusSchema = z.strictObject({
  /** Of its Musher. */
  version: z.string().max(40),
  /** Agents whose programs run, by what they do; `stopped`: all others. */
  agents: z.partialRecord(
    z.enum(['working', 'waiting', 'idle', 'blocked', 'done', 'unknown', 'stopped']),
    count,
  ),
  /** Those that are not over, and those that are and were not archived yet. */
  stories: z.partialRecord(z.enum(storyStages), count),
  /** Of the operator's inbox there: what stops an agent, and what else is not snoozed. */
  waiting: z.strictObject({
    total: count,
    /** Of these: an agent cannot go on without. */
    blocking: count,
    /** Since when the oldest waits, Unix ms by the clock there. */
    oldestMs: z.number().int().min(0).max(latestMs).optional(),
    /** By kind: `question`, `approval`, … */
    kinds: z
      .record(z.string().regex(/^[a-z][a-z_-]{0,29}$/), count)
      .refine((kinds) => Object.keys(kinds).length <= 30, 'expected at most 30 kinds'),
  }),
});
export type ProjectStatus = z.infer<typeof projectStatusSchema>;

export const registeredProjectSchema = z.object({
  /** `g-1`. */
  id: z.string(),
  name: z.string(),
  /** Name of its log: the same wherever it is opened. */
  project: z.string(),
  /** Folder of its repository, on its own machine. Untrusted. */
  repository: z.string(),
  mcp: mcpGrantSchema,
  /** Where its page was said to be; absent: wherever it says that it listens. */
  address: z.string().optional(),
  registeredMs: z.number(),
});
export type RegisteredProject = z.infer<typeof registeredProjectSchema>;

/** How a project stands, for now. */
export const projectLinkSchema = z.object({
  isConnected: z.boolean(),
  /** When it was last heard, Unix ms; 0: never since this gateway started. */
  seenMs: z.number(),
  status: projectStatusSchema.optional(),
  /** Its page, where the gateway found that project itself. */
  page: z.string().optional(),
  /** Why there is none. */
  pageProblem: z.string().optional(),
  /** Why its last link was ended by the gateway. */
  refused: z.string().optional(),
});
export type ProjectLink = z.infer<typeof projectLinkSchema>;

/** How a project stands with its gateway, as its own Musher has it. */
export const gatewayLinkSchema = z.object({
  url: z.string(),
  /** What it is called there. */
  name: z.string(),
  mcp: mcpGrantSchema,
  state: z.enum(['connecting', 'connected', 'offline', 'refused']),
  sinceMs: z.number(),
  /** When it tries again, Unix ms. */
  retryMs: z.number().optional(),
  error: wireErrorSchema.optional(),
});
export type GatewayLink = z.infer<typeof gatewayLinkSchema>;
