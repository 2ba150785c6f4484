/** In which order a queue is merged. Without schemas, so that the page computes the same. */

export interface InQueue {
  readonly id: string;
  readonly rank: number;
  readonly after: readonly string[];
}

/** By rank, except that one that builds on others goes after those of them that wait too. */
export function inMergeOrder<T extends InQueue>(waiting: Iterable<T>): T[] {
  const left = [...waiting].sort((a, b) => a.rank - b.rank);
  const order: T[] = [];
  while (left.length > 0) {
    const ids = new Set(left.map(({ id }) => id));
    const free = left.findIndex(({ after }) => !after.some((id) => ids.has(id)));
    // Commits cannot contain each other; were it said, the order of the yes counts.
    order.push(...left.splice(Math.max(free, 0), 1));
  }
  return order;
}
