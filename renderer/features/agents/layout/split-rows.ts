/** Those side by side in as many rows as the width asks for, so that none is too narrow to be read. Pure. */

/** Rows of nearly the same length, in order: four that do not fit beside each other are two and two. */
export function rowsOf<T>(panes: readonly T[], widthPx: number, leastPx: number): readonly T[][] {
  if (panes.length === 0) return [];
  const fit = Math.max(1, Math.floor(widthPx / leastPx));
  const rows = Math.ceil(panes.length / fit);
  const inRow = Math.ceil(panes.length / rows);
  return Array.from({ length: Math.ceil(panes.length / inRow) }, (_, at) =>
    panes.slice(at * inRow, (at + 1) * inRow),
  );
}

/** Of the shares of all panes those of a row, in percent of it; none where they are not those of these panes. */
export function sharesOf(
  rows: ReadonlyArray<readonly unknown[]>,
  at: number,
  shares: readonly number[],
): readonly number[] {
  if (shares.length !== rows.flat().length) return [];
  const from = rows.slice(0, at).flat().length;
  const own = shares.slice(from, from + (rows[at]?.length ?? 0));
  const sum = own.reduce((all, one) => all + one, 0);
  return own.map((one) => (one * 100) / sum);
}

/** The shares of all panes after those of one row changed. */
export function withShares(
  rows: ReadonlyArray<readonly unknown[]>,
  at: number,
  { shares, changed }: { shares: readonly number[]; changed: readonly number[] },
): readonly number[] {
  return rows.flatMap((row, index) => {
    if (index === at) return changed;
    const own = sharesOf(rows, index, shares);
    return own.length === row.length ? own : row.map(() => 100 / row.length);
  });
}
