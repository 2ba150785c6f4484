/** Why the rendezvous closed a link, as the WebSocket says it. */
export const closeCodes = {
  /** It goes: come again. */
  ending: 1001,
  /** What was sent is nothing that a node may send. */
  refused: 4400,
  lockedOut: 4403,
  /** Another link of the same node came. */
  replaced: 4409,
  /** The board that the node has is of another document: begin anew without it. */
  staleBoard: 4410,
} as const;
