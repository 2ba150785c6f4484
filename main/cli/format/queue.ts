import { nextSteps } from '../../../preload/contract/merge-failures.ts';
import type { QueueTarget } from '../../../preload/contract/merge-queue.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { table } from './table.ts';
import { ageOf, type View } from './view.ts';

export const queueFormats = {
  'queue.list': formatQueue,
  'queue.move': ({ target, order }) =>
    `Into ${oneLine(target)} are merged ${order.map(oneLine).join(', then ')}.`,
  'queue.hold': ({ target }) =>
    `Nothing more is merged into ${target === '*' ? 'any branch' : oneLine(target)} until it is released: \`musher queue release\`.`,
  'queue.release': ({ targets }) => `Merges go on into ${targets.map(oneLine).join(', ')}.`,
  'approval.undo': ({ approval, commit }) =>
    `Asked for as ${oneLine(approval)} (${oneLine(commit).slice(0, 12)}): look at it, then \`musher approve ${oneLine(approval)} ${oneLine(commit)}\`.`,
  'approval.push': ({ approval }) =>
    `Pushing ${oneLine(approval)}; \`musher approval get ${oneLine(approval)}\` says what became of it.`,
} satisfies Formatters;

function formatQueue({ targets, heldSinceMs, failed }: ResultOf<'queue.list'>, view: View): string {
  const { style } = view;
  const held =
    heldSinceMs === undefined
      ? []
      : [style.yellow(`All branches are held since ${ageOf(heldSinceMs, view)}.`)];
  const queues = targets.map((target) => formatTarget(target, view));
  const none = targets.length === 0 ? ['Nothing waits to be merged.'] : [];
  const left = failed.map(
    ({ approval, kind, target, title, message, sinceMs }) =>
      `${style.red(`${oneLine(approval)} was not merged into ${oneLine(target)}`)} ${style.dim(ageOf(sinceMs, view))}: ${kind}  ${oneLine(title)}\n  ${oneLine(message)}\n  → ${nextSteps[kind].operator}`,
  );
  return [...held, ...none, ...queues, ...left].join('\n\n');
}

function formatTarget({ target, heldSinceMs, running, waiting }: QueueTarget, view: View): string {
  const { style } = view;
  const held =
    heldSinceMs === undefined ? '' : style.yellow(`  held since ${ageOf(heldSinceMs, view)}`);
  const run = running === undefined ? [] : [{ ...running, why: 'runs' as const, of: undefined }];
  const rows = [...run, ...waiting].map((one) => [
    { text: one.approval, paint: style.bold },
    one.agent,
    sayWhy(one),
    ageOf(one.sinceMs, view),
    one.strategy,
    oneLine(one.commit).slice(0, 12),
    one.title,
  ]);
  const heads = ['APPROVAL', 'AGENT', 'WHY', 'SINCE', 'STRATEGY', 'COMMIT', 'TITLE'];
  const body = rows.length === 0 ? 'Nothing waits.' : table(heads, rows, view);
  return `${style.bold(oneLine(target))}${held}\n${body}`;
}

function sayWhy({
  why,
  of,
}: {
  why: 'runs' | 'next' | 'behind' | 'contains';
  of?: string | undefined;
}): string {
  if (why === 'runs') return 'merging';
  if (why === 'contains') return `builds on ${of}`;
  if (why === 'behind') return `behind ${of}`;
  return of === undefined ? 'next' : `next, after ${of}`;
}
