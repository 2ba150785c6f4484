import { amountWords, tokenWords, usdWords } from '../../../preload/contract/say-cost.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { indented, oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import type { View } from './view.ts';

type Report = ResultOf<'cost.report'>;
type Line = Report['lines'][number];
type Budget = Report['budgets'][number];
type Prices = ResultOf<'cost.prices'>;

export const costFormats = {
  'cost.tell': ({ at }) => `Told (${at}).`,
  'cost.raise': ({ budget, unit, to, period }) =>
    `${oneLine(budget)} is raised to ${amountWords(unit, to)}${period === 'all' ? '' : ' for today'}.`,
  'cost.cursor': ({ cursors }, view) =>
    table(
      ['RECORD', 'TOLD', 'UP TO'],
      cursors.map(({ record, at, to }) => [record, `${at}x`, String(to)]),
      view,
    ),
  'cost.prices': (prices, view) => formatPrices(prices, view),
  'cost.report': (report, view) => formatReport(report, view),
} satisfies Formatters;

function formatReport(report: Report, view: View): string {
  if (report.isEmpty)
    return 'No tokens were told yet. Claude Code, Codex and OpenCode tell them at the end of each turn.';
  const { lines, omitted, from, to, zone, budgets } = report;
  const head = `${from} to ${to} (${oneLine(zone)})`;
  const body =
    lines.length === 0
      ? 'Nothing was used then.'
      : table(
          [titles[report.by], 'COST', 'SHARE', 'INPUT', 'OUTPUT', 'CACHE READ', 'WRITTEN', 'CALLS'],
          [...lines.map((line) => rowOf(line, report)), totalRow(report)],
          view,
        );
  const more = omitted === undefined ? [] : [`and ${omitted} more`];
  const parts = [[head, body, ...more].join('\n'), trendOf(report), budgetsOf(budgets, view)];
  return [...parts, unpricedOf(report)].filter((part) => part !== '').join('\n\n');
}

const titles = {
  ...{ agent: 'AGENT', story: 'STORY', profile: 'PROFILE', model: 'MODEL', day: 'DAY' },
} as const;
const nothing = {
  ...{
    agent: '(earlier)',
    story: '(no story)',
    profile: '-',
    model: '(told by the CLI)',
    day: '-',
  },
} as const;

function rowOf(line: Line, { by }: Report): Cell[] {
  const name = line.key === '' ? nothing[by] : oneLine(line.key);
  return [name, costOf(line), `${Math.round(line.share * 100)}%`, ...countsOf(line)];
}

function totalRow({ total }: Report): Cell[] {
  return ['total', costOf(total), '', ...countsOf(total)];
}

function countsOf(sum: Report['total']): string[] {
  const { input, output, cacheRead, cacheWrite, requests } = sum;
  return [...[input, output, cacheRead, cacheWrite].map(tokenWords), String(requests)];
}

/** A plus says that there is more, without a price. */
function costOf({ usd, unpriced }: Pick<Line, 'usd' | 'unpriced'>): string {
  if (unpriced === 0) return usdWords(usd);
  return usd === 0 ? 'no price' : `${usdWords(usd)} +`;
}

function trendOf({ before, total }: Report): string {
  if (before === undefined || before.usd === 0 || total.unpriced > 0 || before.unpriced > 0)
    return '';
  const change = Math.round((total.usd / before.usd - 1) * 100);
  const more = change < 0 ? `${-change}% less` : `${change}% more`;
  return `${more} than in the days before (${usdWords(before.usd)}).`;
}

function budgetsOf(budgets: readonly Budget[], view: View): string {
  if (budgets.length === 0) return '';
  const rows = budgets.map((one): Cell[] => [
    oneLine(one.budget),
    amountWords(one.unit, one.used),
    amountWords(one.unit, one.of),
    `${Math.round((one.used / one.of) * 100)}%`,
    stateOf(one, view),
  ]);
  return table(['BUDGET', 'USED', 'OF', '', 'STATE'], rows, view);
}

function stateOf({ is, stops, unpricedModels, raisedFrom, unit }: Budget, { style }: View): Cell {
  const raised = raisedFrom === undefined ? '' : `, raised from ${amountWords(unit, raisedFrom)}`;
  if (is.includes('spent')) {
    const text = `used up, ${stops ? 'its agents are stopped' : 'nothing is stopped'}${raised}`;
    return { text, paint: style.red };
  }
  if (is.includes('blind')) {
    const models = unpricedModels.map(oneLine).join(', ');
    return { text: `cannot be kept: no price for ${models}${raised}`, paint: style.red };
  }
  if (is.includes('near')) return { text: `nearly used${raised}`, paint: style.yellow };
  return `holds${raised}`;
}

function unpricedOf({ models, total }: Report): string {
  if (total.unpriced === 0) return '';
  const names = models.filter(({ rule }) => rule === undefined).map(({ model }) => oneLine(model));
  return `${tokenWords(total.unpriced)} tokens have no price (${names.slice(0, 5).join(', ')}): \`musher costs prices\` has the lines for your config.toml.`;
}

function formatPrices({ models, snippet, path }: Prices, view: View): string {
  if (models.length === 0) return 'No model was used yet.';
  const rows = models.map(({ model, tokens, rule, toldUsd }): Cell[] => [
    oneLine(model),
    tokenWords(tokens),
    ...(rule === undefined
      ? [
          '-',
          '-',
          '-',
          '-',
          toldUsd > 0 ? 'told by its CLI' : { text: 'no price', paint: view.style.yellow },
        ]
      : [
          ...[rule.input, rule.output, rule.cacheRead, rule.cacheWrite].map(String),
          `"${oneLine(rule.pattern)}" in ${oneLine(rule.path)}`,
        ]),
  ]);
  const header = ['MODEL', 'TOKENS', 'INPUT', 'OUTPUT', 'CACHE READ', 'WRITTEN', 'BY'];
  const shown = `${table(header, rows, view)}\nUS dollars for a million tokens.`;
  if (snippet === undefined) return shown;
  const where = path === undefined ? 'your config.toml' : oneLine(path);
  return `${shown}\n\nTo price the rest, fill this in and put it into ${where}:\n\n${indented(snippet)}`;
}
