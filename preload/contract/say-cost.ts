/** Money, tokens and budgets in words, the same for all who show them. Imports nothing: the command line loads it at each start. */

type Unit = 'usd' | 'tokens';

/** `$4.20`, `$0.0042`. */
export function usdWords(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.01 ? 4 : 2)}`;
}

/** `940`, `12.5k`, `1.2M`. */
export function tokenWords(tokens: number): string {
  if (tokens < 1_000) return String(Math.round(tokens));
  if (tokens < 999_950) return `${(tokens / 1_000).toFixed(1)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}M`;
}

export function amountWords(unit: Unit, value: number): string {
  return unit === 'usd' ? usdWords(value) : `${tokenWords(value)} tokens`;
}

/** `today’s budget`, `the budget of s-12`. */
export function budgetWords(budget: string): string {
  const [scope, name] = budget.split('/');
  if (scope === 'profile') return `today’s budget of ${name}`;
  return scope === 'story' ? `the budget of ${name}` : 'today’s budget';
}

/** Whether an agent was stopped because a budget that it is of is used up, by its failure. */
export function isBudgetSpent(failure: { readonly code: string } | undefined): boolean {
  return failure?.code === 'BUDGET_SPENT';
}

/** Half as much again as it is, and in any case more than is used; a round number. */
export function raiseTo({ unit, used, of }: { unit: Unit; used: number; of: number }): number {
  const wanted = Math.max(of * 1.5, used * 1.25);
  if (unit === 'usd' && wanted < 1) return Math.ceil(wanted * 100) / 100;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.ceil(wanted / step) * step;
}
