/** The report as it is asked for, anew when agents told more, and what the page may choose. */
import { useEffect, useState } from 'react';
import type { CostBy, CostReport } from '../../../preload/contract/cost-report.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';

export const dimensions = ['agent', 'story', 'profile', 'model', 'day'] as const;
export const periods = [7, 30, 90] as const;
export type Period = (typeof periods)[number];
export type Unit = 'usd' | 'tokens';

export interface Narrowed {
  readonly by: Exclude<CostBy, 'day'>;
  readonly key: string;
}

export interface CostsAsk {
  readonly by: CostBy;
  readonly days: Period;
  readonly only: Narrowed | undefined;
}

/** So often at most while agents work. */
const paceMs = 2_000;

export function useCosts({ by, days, only }: CostsAsk) {
  const isLive = useConnection().state === 'live';
  const tells = useRecord('costs', 'costs')?.tells;
  const budgets = useRecords('budget');
  const from = dayBefore(days - 1);
  const ask = { by, from, ...(only && { [only.by]: only.key }) };
  const { result, error, reload } = useQuery('cost.report', isLive ? ask : undefined);
  const [last, setLast] = useState<CostReport>();
  useEffect(() => result && setLast(result), [result]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say that there is more
  useEffect(() => {
    const timer = setTimeout(reload, paceMs);
    return () => clearTimeout(timer);
  }, [reload, tells, budgets]);
  return { report: result ?? last, error, reload };
}

/** Of this machine's days; the hub's may differ by one where its zone is set otherwise. */
function dayBefore(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() - days);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function nextOf<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] ?? one;
}
