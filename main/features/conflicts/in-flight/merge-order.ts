/** In which order two that collide are better merged. */

export interface OrderFacts {
  readonly agent: string;
  /** It has asked for an approval that is not decided: its work is as it shall be. */
  readonly awaitsApproval: boolean;
  /** With how many files it collides, with all others together. */
  readonly collidingFiles: number;
  /** When it had the first of what collides here, Unix ms. */
  readonly firstMs: number;
}

/**
 * Before the other goes whoever's work waits for its approval already, then who collides with fewer files (whoever comes
 * after has the least to merge by hand), then who was first, then the name.
 */
export function mergeOrder(one: OrderFacts, other: OrderFacts): readonly [string, string] {
  const by =
    Number(other.awaitsApproval) - Number(one.awaitsApproval) ||
    one.collidingFiles - other.collidingFiles ||
    one.firstMs - other.firstMs ||
    (one.agent < other.agent ? -1 : 1);
  return by <= 0 ? [one.agent, other.agent] : [other.agent, one.agent];
}
