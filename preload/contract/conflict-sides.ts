/**
 * The sides of a conflict are agents, but for one: what is in a target branch already collides with an agent's work too. That side
 * is written as `refs/heads/<branch>`, which no agent can be called.
 */

const prefix = 'refs/heads/';

/** `branch`: its short name, or a full ref. */
export function toBranchSide(branch: string): string {
  return branch.startsWith(prefix) ? branch : `${prefix}${branch}`;
}

export function isBranchSide(side: string): boolean {
  return side.startsWith(prefix);
}

/** As people call it: an agent's name, or a branch's. */
export function sideName(side: string): string {
  return isBranchSide(side) ? side.slice(prefix.length) : side;
}
