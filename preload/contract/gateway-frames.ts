/** The frames of `/link`, each a JSON text: a project dials out, says how it stands, and does what its gateway asks and it granted. */
import { z } from 'zod';
import { projectNameSchema, projectStatusSchema } from './gateway-facts.ts';
import { wireErrorSchema } from './wire-error.ts';

const id = z.number().int().min(1);

/** What a project may send. Anything else ends its link. */
export const projectFrameSchema = z.discriminatedUnion('k', [
  z.strictObject({ k: z.literal('status'), status: projectStatusSchema }),
  z.strictObject({ k: z.literal('answer'), id, result: z.record(z.string(), z.unknown()) }),
  z.strictObject({ k: z.literal('error'), id, error: wireErrorSchema }),
  /** It takes itself out. */
  z.strictObject({ k: z.literal('leave') }),
]);
export type ProjectFrame = z.infer<typeof projectFrameSchema>;

/** What a gateway may send. */
export const gatewayFrameSchema = z.discriminatedUnion('k', [
  /** Answers each status, so that both ends know that the other is there. `name`: what the project is called at the gateway now. */
  z.object({ k: z.literal('heard'), name: projectNameSchema.optional() }),
  /** Which tools are granted. */
  z.object({ k: z.literal('tools'), id }),
  z.object({
    k: z.literal('call'),
    id,
    tool: z.string().max(80),
    data: z.record(z.string(), z.unknown()),
    /** The same for a retry: a command is done once. */
    commandId: z.string().max(80),
  }),
  /** Nobody waits for that answer any more. */
  z.object({ k: z.literal('cancel'), id }),
]);
export type GatewayFrame = z.infer<typeof gatewayFrameSchema>;

/** Largest frame that either end takes, bytes. */
export const linkFrameBytes = 4 * 1024 * 1024;

/** Why a gateway ends a link, as WebSockets say it. */
export const linkCodes = { refused: 4400, removed: 4403, replaced: 4409 } as const;

/** `/link/register`: a project that is let in once. */
export const registerAnswerSchema = z.object({
  id: z.string(),
  name: z.string(),
  page: z.string().optional(),
  pageProblem: z.string().optional(),
});
