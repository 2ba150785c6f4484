/**
 * The envelopes that everything in Musher travels in: who acted, what they asked for, what became true.
 * Plain data and zod only; every process reads this file, none may add behaviour to it.
 */
import { z } from 'zod';

/**
 * Who caused something. Always derived from a token, never from a body.
 * `operator`: the person at the app. `agent:<id>`: one agent. `system`: the hub itself (effects, ticks).
 */
export type Actor = 'operator' | 'system' | `agent:${string}`;

/** What an actor may be; a command or query names the roles that may use it. */
export type Role = 'operator' | 'agent' | 'system';

export const actorSchema = z.union([
  z.enum(['operator', 'system']),
  z.templateLiteral(['agent:', z.string().regex(/^[a-z0-9][a-z0-9-]*$/)]),
]) satisfies z.ZodType<Actor>;

/** The role that an actor acts in. */
export function roleOf(actor: Actor): Role {
  return actor === 'operator' || actor === 'system' ? actor : 'agent';
}

/** The actor that stands for an agent id. */
export function agentActor(agentId: string): Actor {
  return `agent:${agentId}`;
}

/**
 * One fact in the log, as every reader sees it.
 * `seq` starts at 1 and has no holes. `hash` is SHA-256 (hex) over the previous event's hash and the stored
 * bytes of this one, so changing any byte of the past breaks every hash after it.
 */
export interface EventEnvelope<Type extends string = string, Data = unknown> {
  /** Position in the log: 1, 2, 3 … without holes. */
  readonly seq: number;
  /** Unique name of this event; safe to cite in other systems. */
  readonly id: string;
  /** Wall clock of the hub when the command was decided, Unix milliseconds. May jump; order is `seq` alone. */
  readonly atMs: number;
  /** Dotted, past tense: `approval.granted`. */
  readonly type: Type;
  /** Version of `data`'s shape for this type; bumped on any change of shape. */
  readonly v: number;
  /** On whose authority. */
  readonly actor: Actor;
  /** Present when the hub acted in that actor's name (a timer or trigger of its own): no sign of life of the actor. */
  readonly via?: 'system';
  /** Id of the command that led to this event. */
  readonly causeId: string;
  readonly data: Data;
  readonly hash: string;
}

/** A request to change something. `id` makes a retry safe: used twice, the first receipt comes back. */
export const commandEnvelopeSchema = z.object({
  /** Chosen by the caller, 8 to 80 characters; left out, the hub makes one and a retry is a new command. */
  id: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{8,80}$/, 'expected 8 to 80 of A-Z a-z 0-9 . _ : -')
    .optional(),
  /** Imperative, dotted: `approval.approve`. */
  type: z.string().max(80),
  data: z.unknown(),
});
export type CommandEnvelope = z.infer<typeof commandEnvelopeSchema>;

/** The answer to an accepted command: the intent is stored durably, work behind it may still be running. */
export interface Receipt<Result = unknown> {
  readonly commandId: string;
  /** Log position after this command; a reader at this seq has seen its effect. */
  readonly seq: number;
  /** What the command's contract promises as `result`. */
  readonly result: Result;
}
