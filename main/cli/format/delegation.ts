import type { LookedRule } from '../../../preload/contract/approval-delegation.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, wrappedTable } from './table.ts';
import type { View } from './view.ts';

export const delegationFormats = {
  'approval.approve_many': ({ results, approved }, view) =>
    [
      ...results.map((one) => formatOne(one, view)),
      `${approved} of ${results.length} approved; \`musher queue\` says when they are merged.`,
    ].join('\n'),
  'approval.rules': formatRules,
} satisfies Formatters;

function formatOne(
  { approval, error }: ResultOf<'approval.approve_many'>['results'][number],
  { style }: View,
): string {
  const name = oneLine(approval);
  if (error === undefined) return `Approved ${name}.`;
  const { message, mend, code } = error;
  const said = style.red(`Not ${name}: ${oneLine(message)}`);
  return `${said} ${style.dim(`[${oneLine(code)}]`)} → ${oneLine(mend)}`;
}

function formatRules(
  { verdict, rules, unreadable }: ResultOf<'approval.rules'>,
  view: View,
): string {
  const { style } = view;
  const lines: string[] = [];
  if (verdict !== undefined) {
    const isYes = verdict.action === 'approve';
    const word = isYes ? 'A rule approves it.' : 'You are asked.';
    lines.push(`${(isYes ? style.green : style.yellow)(word)} ${oneLine(verdict.why)}`);
  }
  if (unreadable !== undefined)
    lines.push(style.red(`${oneLine(unreadable)} cannot be read; no rule approves anything.`));
  if (rules.length === 0)
    return [
      ...lines,
      'No rules: you decide every approval. See [[review.delegate]] in `musher settings`.',
    ].join('\n');
  const isAsked = verdict !== undefined;
  const header = ['RULE', 'ACTION', 'BY', ...(isAsked ? ['FITS', 'WHY'] : ['ABOUT'])];
  const rows = rules.map((rule) => rowOf(rule, view));
  return [...lines, wrappedTable(header, rows, view)].join('\n');
}

function rowOf({ name, action, origin, fits, why }: LookedRule, { style }: View): Cell[] {
  const whose = origin === 'user' ? 'you' : 'the repository';
  const asked = fits === undefined ? [] : [fits ? 'yes' : 'no'];
  return [{ text: name, paint: style.bold }, action, whose, ...asked, why];
}
