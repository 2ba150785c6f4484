import { useState } from 'react';
import type { CostBy, CostReport } from '../../../preload/contract/cost-report.ts';
import { useWidth } from '../../ui/use-width.ts';
import {
  colorAt,
  dayWords,
  fillAt,
  nameOf,
  type PlotDay,
  plotDays,
  scaleOf,
  unitWords,
} from './present-costs.ts';
import type { Unit } from './use-costs.ts';

interface CostPlotProps {
  report: CostReport;
  unit: Unit;
  /** Keys in the order of their colours. */
  order: readonly string[];
  /** What the parts are. */
  by: Exclude<CostBy, 'day'>;
}

const heightPx = 132;
const axisPx = 64;

/** What each day cost, by its parts. One day is chosen by pointer or arrow keys, and said below; who cannot see it has a table. */
export function CostPlot({ report, unit, order, by }: CostPlotProps) {
  const [box, widthPx = 800] = useWidth();
  const days = plotDays(report, unit, order);
  const [chosen, choose] = useState<string>();
  const last = days.findLast(({ value }) => value > 0) ?? days.at(-1);
  const shown = days.find(({ day }) => day === chosen) ?? last;
  const at = shown === undefined ? -1 : days.indexOf(shown);
  const move = (by: number) => {
    const next = days[Math.max(0, Math.min(days.length - 1, at + by))];
    if (next) choose(next.day);
  };
  return (
    <section aria-label="By day" className="border-b px-4 pt-3 pb-2">
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys choose a day, as the pointer does
        tabIndex={0}
        role="application"
        aria-roledescription="plot"
        aria-label={`${unit === 'usd' ? 'Cost' : 'Tokens'} by day; arrow keys choose one`}
        className="rounded-sm"
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, Home: -days.length, End: days.length };
          const by = step[event.key as keyof typeof step];
          if (by === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          move(by);
        }}
      >
        <Bars days={days} {...{ unit, at, widthPx }} onChoose={choose} />
      </div>
      <p aria-live="polite" className="flex min-h-5 flex-wrap gap-x-3 pl-16 text-sm text-muted">
        {shown && <DayWords shown={shown} by={by} unit={unit} />}
      </p>
      <DayTable days={days} />
    </section>
  );
}

interface BarsProps {
  days: readonly PlotDay[];
  unit: Unit;
  at: number;
  widthPx: number;
  onChoose: (day: string) => void;
}

function Bars({ days, unit, at, widthPx, onChoose }: BarsProps) {
  const top = scaleOf(Math.max(...days.map(({ value }) => value)));
  const room = Math.max(100, widthPx - axisPx);
  const stepPx = room / Math.max(1, days.length);
  const barPx = Math.max(2, Math.min(28, stepPx - 2));
  const yOf = (value: number) => heightPx - (value / top) * (heightPx - 10);
  const every = Math.ceil(days.length / Math.max(1, Math.floor(room / 90)));
  return (
    <svg width={widthPx} height={heightPx + 18} aria-hidden className="block">
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line
            {...{ x1: axisPx, x2: widthPx, y1: yOf(top * share), y2: yOf(top * share) }}
            className="stroke-line"
          />
          <text
            {...{ x: axisPx - 8, y: yOf(top * share) + 4, textAnchor: 'end' }}
            className="fill-muted text-xs"
          >
            {unitWords(unit, top * share).replace(' tokens', '')}
          </text>
        </g>
      ))}
      {days.map((day, index) => {
        const x = axisPx + index * stepPx;
        let below = 0;
        return (
          <g key={day.day} onPointerEnter={() => onChoose(day.day)}>
            <rect
              {...{ x, y: 0, width: stepPx, height: heightPx }}
              className={index === at ? 'fill-hover' : 'fill-transparent'}
            />
            {day.parts.map((part) => {
              const y = yOf(below + part.value);
              const height = Math.max(1, yOf(below) - y - (below > 0 ? 1 : 0));
              below += part.value;
              return (
                <rect
                  key={part.at}
                  {...{ x: x + (stepPx - barPx) / 2, y, width: barPx, height }}
                  className={fillAt(part.at)}
                />
              );
            })}
            {index % every === 0 && (
              <text
                {...{ x: x + stepPx / 2, y: heightPx + 14 }}
                textAnchor={index === 0 ? 'start' : 'middle'}
                className="fill-muted text-xs"
              >
                {dayWords(day.day).slice(4)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function DayWords({ shown, by, unit }: { shown: PlotDay; by: CostBy; unit: Unit }) {
  return (
    <>
      <span className="font-medium text-fg">
        {dayWords(shown.day)}: {unitWords('usd', shown.usd)}, {unitWords('tokens', shown.tokens)}
      </span>
      {shown.parts.map((part) => (
        <span key={part.at} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={`size-2 rounded-sm ${colorAt(part.at)}`} />
          {nameOf(by, part.key)} {unitWords(unit, part.value)}
        </span>
      ))}
    </>
  );
}

function DayTable({ days }: { days: readonly PlotDay[] }) {
  return (
    <table className="sr-only">
      <caption>By day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Cost</th>
          <th scope="col">Tokens</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, usd, tokens }) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            <td>{unitWords('usd', usd)}</td>
            <td>{tokens}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
