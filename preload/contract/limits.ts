/** What an agent may be limited in. Without zod: the page reads it too. */

/** The least and the most that a limit may be, each in its unit. */
export const limitBounds = {
  turns: { least: 1, most: 100_000 },
  costUsd: { least: 0.01, most: 100_000 },
  timeMs: { least: 60_000, most: 365 * 86_400_000 },
} as const;

/** What is counted; each begins anew with a start by the operator, and goes on over restarts that Musher does by itself. */
export const limitKinds = ['turns', 'costUsd', 'timeMs'] as const;
export type LimitKind = (typeof limitKinds)[number];

/** With which error an agent fails that is stopped at a limit. */
export const limitCodes = {
  turns: 'TURN_LIMIT',
  costUsd: 'COST_LIMIT',
  timeMs: 'TIME_LIMIT',
} as const satisfies Record<LimitKind, string>;

/** Which limit an agent was stopped at, by its failure; undefined for any other failure. */
export function limitReached(
  failure: { readonly code: string } | undefined,
): LimitKind | undefined {
  return limitKinds.find((kind) => limitCodes[kind] === failure?.code);
}
