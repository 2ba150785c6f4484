/** Of everything that touches one agent's worktree. */
export function worktreeLane(commonDir: string, agent: string): string {
  return `worktree ${commonDir} ${agent}`;
}

/** Work of one key runs one after another; a failure does not stop those behind it. */
export function createLanes(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const tail = mine
      .catch(() => {})
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return mine;
  };
}
