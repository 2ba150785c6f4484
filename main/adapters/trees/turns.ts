/** First come, first served, so many at once. */
export function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A turn is handed over, so that nobody who comes now is before who waits.
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
