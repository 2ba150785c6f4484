import { useState } from 'react';
import type { WaitDay } from '../../../preload/contract/waits.ts';
import { useQuery } from '../../hub/use-command.ts';
import { formatAge, formatAgeInWords, formatExact } from '../../ui/format-time.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { Select } from '../../ui/text-field.tsx';
import { Problem } from './problem.tsx';
import { lookOfKind } from './kinds.ts';
import { useReloadOnWaits } from './use-wait-changes.ts';

/** How long agents waited: each day, and of one day by agent and kind. */
export function WaitFigures() {
  const [days, setDays] = useState(7);
  const { result, error, reload } = useQuery('inbox.stats', { days });
  useReloadOnWaits(reload);
  return (
    <section
      aria-label="How long agents waited for you"
      className="flex shrink-0 flex-col overflow-y-auto max-lg:max-h-1/2 max-lg:border-t lg:w-105 lg:border-l"
    >
      <header className="flex h-bar shrink-0 items-center gap-2 border-b px-4">
        <h2 className="min-w-0 flex-1 truncate font-medium">How long agents waited</h2>
        <div className="w-24">
          <Select
            hideLabel
            label="Days"
            value={days}
            onChange={({ target }) => setDays(Number(target.value))}
          >
            {[7, 30, 90].map((count) => (
              <option key={count} value={count}>
                {count} days
              </option>
            ))}
          </Select>
        </div>
      </header>
      {error && (
        <div className="px-4 py-3">
          <Problem error={error} />
        </div>
      )}
      {result?.days.length === 0 && (
        <p className="px-4 py-3 text-muted">
          No agent waited for you in these days. Once one did, its times stand here by day, agent
          and kind.
        </p>
      )}
      {result?.days.map((day) => (
        <DayFigures key={day.day} day={day} />
      ))}
      {result?.sinceMs !== undefined && (
        <p className="px-4 py-3 text-sm text-muted">
          Times from before {formatExact(result.sinceMs)} are no longer remembered.
        </p>
      )}
    </section>
  );
}

function DayFigures({ day: { day, all, rows } }: { day: WaitDay }) {
  return (
    <table className="mx-4 my-3 text-sm [&_td]:py-1 [&_td:not(:first-child)]:text-right [&_th]:py-1 [&_th]:font-medium [&_th:not(:first-child)]:text-right">
      <caption className="pb-1 text-left font-medium">{formatDay(day)}</caption>
      <thead className="text-muted">
        <tr>
          <th scope="col" className="text-left">
            Agent
          </th>
          <th scope="col" className="text-left!">
            Kind
          </th>
          <th scope="col">Waits</th>
          <th scope="col">Median</th>
          <th scope="col">95 %</th>
          <th scope="col">In all</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.agent} ${row.kind}`}>
            <td className="max-w-24 truncate pr-2" title={toPlainLine(row.agent)}>
              {toPlainLine(row.agent)}
            </td>
            <td className="text-left! text-muted">{lookOfKind(row.kind).word.toLowerCase()}</td>
            <Figures figures={row} />
          </tr>
        ))}
        {rows.length > 1 && (
          <tr className="border-t font-medium">
            <td colSpan={2}>All</td>
            <Figures figures={all} />
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Figures({ figures: { count, medianMs, p95Ms, sumMs } }: { figures: WaitDay['all'] }) {
  return (
    <>
      <td>{count}</td>
      {[medianMs, p95Ms, sumMs].map((ms, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three cells that never move
        <td key={at} title={formatAgeInWords(ms)}>
          {ms < 1_000 ? '<1s' : formatAge(ms)}
        </td>
      ))}
    </>
  );
}

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

function formatDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return dayFormat.format(new Date(year, month - 1, date));
}
