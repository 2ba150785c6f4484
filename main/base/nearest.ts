/** The known word that a misspelt one was probably meant to be. Pure. */

/** Undefined when none is near: then a guess would only mislead. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const rated = known.map((one) => ({ one, steps: stepsBetween(word.toLowerCase(), one) }));
  const [best] = rated.toSorted((a, b) => a.steps - b.steps);
  return best !== undefined && best.steps <= Math.max(2, word.length / 3) ? best.one : undefined;
}

/** How many letters must be put in, taken out or changed. */
function stepsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
