import type { BudgetUse } from '../../../preload/contract/cost-report.ts';
import { amountWords, budgetWords, tokenWords } from '../../../preload/contract/say-cost.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RaiseBudget } from './raise-budget.tsx';

/** Each with how far it is, and what that means. */
export function BudgetList({ budgets }: { budgets: readonly BudgetUse[] }) {
  if (budgets.length === 0) return null;
  return (
    <section aria-label="Budgets" className="border-b px-4 py-2">
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: stories may have more budgets than there is room for
        tabIndex={0}
        aria-label="Each budget"
        className="grid max-h-46 grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-x-8 gap-y-2 overflow-y-auto rounded-sm"
      >
        {tightestFirst(budgets).map((one) => (
          <li key={`${one.budget}.${one.unit}`}>
            <Budget budget={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of the day and of profiles first, whatever they are at; stories by how far they are. */
function tightestFirst(budgets: readonly BudgetUse[]): BudgetUse[] {
  const rank = ({ is, period, used, of }: BudgetUse) =>
    (period === 'all' ? 0 : 100) + (is.length > 0 ? 10 : 0) + Math.min(9, used / of);
  return budgets.toSorted((a, b) => rank(b) - rank(a));
}

function Budget({ budget: one }: { budget: BudgetUse }) {
  const { budget, unit, used, of, warnAt } = one;
  const share = Math.min(1, used / of);
  const { tone, fill, words } = standing(one);
  const name = budgetWords(budget);
  const what = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const percent = Math.floor((used / of) * 100);
  const isTight = one.is.includes('spent') || one.is.includes('near');
  return (
    <div className="flex min-w-0 flex-col gap-1" title={`${one.key} in ${toPlainLine(one.path)}`}>
      <p className="flex min-w-0 items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{what}</span>
        <span className="shrink-0 text-muted">
          {amountWords(unit, used)} of {amountWords(unit, of)}
        </span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> is drawn by each browser in colours of its own */}
      <div
        role="meter"
        aria-label={what}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, percent)}
        aria-valuetext={`${percent} %: ${words}`}
        className="relative h-1.5 overflow-hidden rounded-full bg-selected"
      >
        <div className={`h-full ${fill}`} style={{ width: `${share * 100}%` }} />
        <div className="absolute inset-y-0 w-px bg-fg/40" style={{ left: `${warnAt * 100}%` }} />
      </div>
      <div className="flex min-h-7 flex-wrap items-center gap-2">
        <p className={`line-clamp-2 min-w-40 flex-1 text-sm ${tone}`} title={words}>
          {words}
        </p>
        {isTight && <RaiseBudget budget={one} isShort />}
      </div>
    </div>
  );
}

function standing(one: BudgetUse): { tone: string; fill: string; words: string } {
  const { is, stops, used, of, unit, unpriced, unpricedModels, raisedFrom } = one;
  const raised = raisedFrom === undefined ? '' : `, raised from ${amountWords(unit, raisedFrom)}`;
  const percent = `${Math.floor((used / of) * 100)} %`;
  if (is.includes('spent')) {
    const then = stops ? 'its agents are stopped' : 'nothing is stopped by it';
    return { tone: 'text-red', fill: 'bg-red', words: `Used up: ${then}${raised}` };
  }
  if (is.includes('blind')) {
    const models = unpricedModels.map(toPlainLine).join(', ');
    const words = `Cannot be kept: ${tokenWords(unpriced)} tokens without a price (${models})${raised}`;
    return { tone: 'text-red', fill: 'bg-red', words };
  }
  if (is.includes('near'))
    return { tone: 'text-amber', fill: 'bg-amber', words: `${percent}, nearly used${raised}` };
  return { tone: 'text-muted', fill: 'bg-accent', words: `${percent}${raised}` };
}
