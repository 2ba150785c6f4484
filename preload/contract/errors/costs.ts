/** Why a cost was not taken, a budget not raised, or an agent stopped by one. */
import { row } from './row.ts';

export const costErrors = {
  COST_CURSOR_MOVED: row(
    409,
    'Record "{record}" was told {now} times, and this tell comes after {at}.',
    'Ask `musher usage cursor {record}`, and tell what comes after that.',
  ),
  BUDGET_UNKNOWN: row(
    404,
    'There is no budget "{budget}" in {unit} now; there are: {known}.',
    'Name one of these, or set it under [costs.budgets] in config.toml.',
  ),
  BUDGET_NOT_RAISED: row(
    409,
    'Budget "{budget}" is {of} already, and {to} is no more than that.',
    'Name more. To lower it, change [costs.budgets] in config.toml.',
  ),
  BUDGET_AMOUNT_MISSING: row(
    400,
    'A raise names either dollars or tokens; found {found}.',
    'For example: `musher costs raise {budget} --usd 80`.',
  ),
  BUDGET_SPENT: row(
    409,
    'Agent "{agent}" was stopped: {what} is used up, {used} of {of}.',
    'Raise it first: `musher costs raise {budget} --{unit} {more}`; or start it again when that budget begins anew or config.toml allows more.',
  ),
} as const;
