import { formatDuration } from '../durations.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

type Watch = ResultOf<'agent.watch'>;
type Use = Watch['uses'][number];
type Limits = ResultOf<'agent.limits'>['limits'];

export const watchdogFormats = {
  'agent.usage': () => 'Told.',
  'agent.limits': ({ agent, limits }) => `${oneLine(agent)} is limited to: ${sayLimits(limits)}.`,
  'agent.watch': (watch, view) => {
    const at = { ...view, nowMs: watch.nowMs };
    const { contextTokens } = watch;
    const lines = [table(['LIMIT', 'USED', 'OF', 'FROM'], watch.uses.map(useRow), at)];
    if (contextTokens !== undefined)
      lines.push(`context: ${Math.round(contextTokens / 1_000)}k tokens`);
    const told = Object.entries(watch.told).map(([shape, times]) => `${shape} ${times}x`);
    if (told.length > 0) lines.push(`told as stuck: ${told.join(', ')}`);
    return [...lines, ...watch.stuck.map((one) => stuckLine(one, at))].join('\n');
  },
} satisfies Formatters;

const names = { turns: 'turns', costUsd: 'cost', timeMs: 'time' } as const;

function sayLimits(limits: Limits): string {
  const said = (['turns', 'costUsd', 'timeMs'] as const).flatMap((kind) => {
    const limit = limits[kind];
    if (limit === undefined) return [];
    return [`${names[kind]} ${limit === 'none' ? limit : amountOf(kind, limit)}`];
  });
  return said.length === 0 ? 'what the config files say' : said.join(', ');
}

function useRow({ kind, used, of, from }: Use): Cell[] {
  const said = used === undefined ? 'not told by this CLI' : amountOf(kind, used);
  return [names[kind], said, of === undefined ? 'no limit' : amountOf(kind, of), from];
}

function amountOf(kind: Use['kind'], value: number): string {
  if (kind === 'turns') return String(value);
  return kind === 'costUsd' ? `$${value.toFixed(2)}` : formatDuration(value);
}

function stuckLine({ shape, what, evidence, sinceMs }: Watch['stuck'][number], view: View) {
  const { bold, dim } = view.style;
  const how = dim(`(by ${oneLine(evidence)}, since ${ageOf(sinceMs, view)})`);
  return `${bold(shape)}: ${oneLine(what)} ${how}`;
}
