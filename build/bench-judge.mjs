// Compares a measured number with its baseline. Ratios (to a limit measured in the same run) are
// preferred: they hold on another machine, where bare numbers do not.

/**
 * @typedef {object} BenchNumber
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {number} [limit] what the machine can do at best, measured in the same run
 * @property {number} [ratio] value to limit
 *
 * @typedef {object} Baseline either `ratio` or `value` is compared
 * @property {number} [ratio]
 * @property {number} [value]
 * @property {number} tolerance a fraction: 0.2 lets the number be a fifth worse
 * @property {'higher' | 'lower'} better
 *
 * @typedef {BenchNumber & { expected?: number, verdict: 'inside' | 'outside' | 'no baseline' }} Row
 */

/**
 * @param {BenchNumber} number
 * @param {Baseline | undefined} baseline
 * @returns {Row}
 */
export function judge(number, baseline) {
  const expected = baseline?.ratio ?? baseline?.value;
  if (!baseline || expected === undefined) return { ...number, verdict: 'no baseline' };
  const measured = baseline.ratio === undefined ? number.value : number.ratio;
  if (measured === undefined) return { ...number, expected, verdict: 'outside' };
  const isInside =
    baseline.better === 'higher'
      ? measured >= expected * (1 - baseline.tolerance)
      : measured <= expected * (1 + baseline.tolerance);
  return { ...number, expected, verdict: isInside ? 'inside' : 'outside' };
}

/** @param {Row[]} rows */
export function printTable(rows) {
  const head = ['name', 'value', 'unit', 'limit', 'ratio', 'baseline', 'verdict'];
  const lines = rows.map((row) => [
    row.name,
    format(row.value),
    row.unit,
    format(row.limit),
    format(row.ratio),
    format(row.expected),
    row.verdict,
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  for (const line of [head, ...lines]) {
    console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  }
}

/** @param {number | undefined} number */
function format(number) {
  if (number === undefined) return '-';
  return number.toLocaleString('en', { maximumSignificantDigits: 4 });
}
