/** How a node can stand. Without schemas: the CLI reads it too. */

/** In the order they are counted in. */
export const nodeStandings = {
  connected: 'connected',
  lost: 'lost',
  /** Its link has ended a moment ago; it may come back by itself. */
  disconnected: 'disconnected',
  /** It takes nothing new: it is being stopped. */
  draining: 'draining',
  /** It was being stopped when it was last heard. */
  stopped: 'stopped',
  unheard: 'not heard yet',
  revoked: 'locked out',
} as const;
export type NodeStanding = keyof typeof nodeStandings;

export const nodeStandingNames = Object.keys(nodeStandings) as [NodeStanding, ...NodeStanding[]];
