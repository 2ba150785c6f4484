import { Coins, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CostBy, CostLine, CostReport } from '../../../preload/contract/cost-report.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { BudgetList } from './budget-list.tsx';
import { CostPlot } from './cost-plot.tsx';
import { CostTable } from './cost-table.tsx';
import { costWords, nameOf, tokensOf, trendWords, unitWords } from './present-costs.ts';
import { UnpricedBar } from './unpriced-bar.tsx';
import type { Narrowed, Period, Unit } from './use-costs.ts';
import { dimensions, nextOf, periods, useCosts } from './use-costs.ts';

const words = {
  ...{ agent: 'Agent', story: 'Story', profile: 'Profile', model: 'Model', day: 'Day' },
} as const;
const open = (by: CostBy) => navigate('costs', by);

/** What was used and what it cost: by whom, by day, and against which budgets. */
export function CostsView() {
  const target = useUi(({ place }) => place.target);
  const by: CostBy = dimensions.find((one) => one === target) ?? 'agent';
  const [days, setDays] = useState<Period>(30);
  const [wanted, setUnit] = useState<Unit>();
  const [only, setOnly] = useState<Narrowed>();
  const { report, error, reload } = useCosts({ by, days, only });
  const unit = wanted ?? (report !== undefined && report.total.usd === 0 ? 'tokens' : 'usd');
  const narrow = ({ key }: CostLine) => {
    if (by === 'day') return;
    setOnly({ by, key });
    open(by === 'model' ? 'agent' : 'model');
  };
  useShortcuts([
    { keys: 'b', run: () => open(nextOf(dimensions, by)) },
    { keys: 'p', run: () => setDays(nextOf(periods, days)) },
    { keys: 't', run: () => setUnit(unit === 'usd' ? 'tokens' : 'usd') },
  ]);
  useShortcuts([{ keys: 'Escape', run: () => setOnly(undefined) }], only !== undefined);
  return (
    <>
      <ViewHeader title="Costs" actions={<Units unit={unit} onChange={setUnit} />}>
        <Segmented<CostBy>
          label="By what"
          shortcut="b"
          value={by}
          segments={dimensions.map((value) => ({ value, label: words[value] }))}
          onChange={open}
        />
      </ViewHeader>
      <div aria-busy={report === undefined} className="flex min-h-0 flex-1 flex-col">
        {report === undefined && error && (
          <div className="p-4">
            <FailedLine error={error} onRetry={reload} />
          </div>
        )}
        {report === undefined && !error && <Loading />}
        {report && (
          <Body
            {...{ report, unit }}
            onNarrow={by === 'day' ? undefined : narrow}
            choices={<Choices {...{ days, setDays, only }} onAll={() => setOnly(undefined)} />}
          />
        )}
      </div>
    </>
  );
}

function Units({ unit, onChange }: { unit: Unit; onChange: (unit: Unit) => void }) {
  return (
    <Segmented<Unit>
      label="Plot"
      shortcut="t"
      value={unit}
      segments={[
        { value: 'usd', label: 'Money' },
        { value: 'tokens', label: 'Tokens' },
      ]}
      onChange={onChange}
    />
  );
}

interface ChoicesProps {
  days: Period;
  setDays: (days: Period) => void;
  only: Narrowed | undefined;
  onAll: () => void;
}

/** Beside the sum of what they choose, where they may go onto a line of their own. */
function Choices({ days, setDays, only, onAll }: ChoicesProps) {
  return (
    <>
      {only && (
        <Button icon={X} shortcut="Escape" onClick={onAll}>
          Only {nameOf(only.by, only.key)}
        </Button>
      )}
      <Segmented
        label="Which days"
        shortcut="p"
        value={String(days)}
        segments={periods.map((one) => ({ value: String(one), label: `${one} days` }))}
        onChange={(value) => setDays(Number(value) as Period)}
      />
    </>
  );
}

interface BodyProps {
  report: CostReport;
  unit: Unit;
  choices: ReactNode;
  onNarrow: ((line: CostLine) => void) | undefined;
}

function Body({ report, unit, choices, onNarrow }: BodyProps) {
  const { lines, by, isEmpty } = report;
  const [activeKey, choose] = useState<string>();
  const at = lines.findIndex(({ key }) => key === activeKey);
  const active = lines[at];
  const move = (by: number) => {
    const next = lines[Math.max(0, Math.min(lines.length - 1, at === -1 ? 0 : at + by))];
    if (next) choose(next.key);
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'ArrowUp', run: () => move(-1) },
  ]);
  useShortcuts(
    [{ keys: 'Enter', run: () => active && onNarrow?.(active) }],
    active !== undefined && active.key !== '' && onNarrow !== undefined,
  );
  if (isEmpty && report.budgets.length === 0) return <Nothing />;
  // By day the parts of each bar are agents, which the lines are not.
  const of = by === 'day' ? 'agent' : by;
  const order = by === 'day' ? orderOf(report) : lines.map(({ key }) => key);
  return (
    <>
      <Total report={report}>{choices}</Total>
      <UnpricedBar report={report} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <BudgetList budgets={report.budgets} />
        {lines.length === 0 ? (
          <EmptyState icon={Coins} title="Nothing was used in these days">
            A longer period, or all again, may have more.
          </EmptyState>
        ) : (
          <>
            <CostPlot {...{ report, unit, order }} by={of} />
            <CostTable {...{ report, activeKey }} hasColors={by !== 'day'} onOpen={onNarrow} />
          </>
        )}
      </div>
    </>
  );
}

/** Agents, those that cost most first. */
function orderOf({ days }: CostReport): string[] {
  const sums = new Map<string, number>();
  for (const { key, usd, tokens } of days.flatMap(({ parts }) => parts))
    sums.set(key, (sums.get(key) ?? 0) + usd + tokens / 1e9);
  return [...sums].toSorted(([, a], [, b]) => b - a).map(([key]) => key);
}

function Total({ report, children }: { report: CostReport; children: ReactNode }) {
  const { total, from, to, zone } = report;
  const trend = trendWords(report);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5">
      <span className="text-lg font-semibold">{costWords(total)}</span>
      <span>{unitWords('tokens', tokensOf(total))}</span>
      {trend && <span className="text-muted">{trend}</span>}
      <span className="flex-1" />
      <span className="text-muted">
        {from} to {to}, {zone}
      </span>
      {children}
    </div>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-3 p-4" role="status">
      <span className="sr-only">Loading costs</span>
      <div className="h-7 w-60 rounded-md bg-hover" />
      <div className="h-32 rounded-md bg-hover" />
      <div className="h-60 rounded-md bg-hover" />
    </div>
  );
}

function Nothing() {
  return (
    <EmptyState icon={Coins} title="No tokens were told yet">
      Claude Code, Codex and OpenCode tell what they used at the end of each turn. What it costs is
      reckoned by the prices in <code className="text-sm">[costs.prices]</code> of your config.toml.
    </EmptyState>
  );
}
