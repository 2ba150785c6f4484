import type { CostLine, CostReport, CostSum } from '../../../preload/contract/cost-report.ts';
import { tokenWords } from '../../../preload/contract/say-cost.ts';
import { colorAt, costWords, nameOf, tokensOf } from './present-costs.ts';

interface CostTableProps {
  report: CostReport;
  /** Whether the lines are what the plot's colours are of. */
  hasColors: boolean;
  activeKey: string | undefined;
  /** Only this line, by something else; not offered of days. */
  onOpen: ((line: CostLine) => void) | undefined;
}

const titles = {
  ...{ agent: 'Agent', story: 'Story', profile: 'Profile', model: 'Model', day: 'Day' },
} as const;
const cell = 'px-3 py-1.5 text-right whitespace-nowrap';
const head = 'sticky top-0 z-10 bg-bg px-3 py-1.5 font-medium text-muted whitespace-nowrap';

/** One line for each, what cost most first, with its share as a bar; exact numbers on the cells. */
export function CostTable({ report, hasColors, activeKey, onOpen }: CostTableProps) {
  const { by, lines, total, omitted } = report;
  const most = Math.max(0, ...lines.map(({ share }) => share));
  return (
    <div className="px-1 pb-3">
      <table className="w-full min-w-184 border-collapse">
        <caption className="sr-only">
          Costs by {by}, {report.from} to {report.to}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} text-left`}>
              {titles[by]}
            </th>
            <th scope="col" className={`${head} text-right`}>
              Cost
            </th>
            <th scope="col" className={`${head} w-1/5 text-left`}>
              Share
            </th>
            {['Input', 'Output', 'Cache read', 'Cache write', 'Calls'].map((title) => (
              <th key={title} scope="col" className={`${head} text-right`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr
              key={line.key}
              data-active={line.key === activeKey || undefined}
              ref={line.key === activeKey ? toSight : undefined}
              className="border-t hover:bg-hover data-active:bg-selected"
            >
              <th scope="row" className="w-2/5 max-w-0 px-3 py-1.5 text-left font-normal">
                <Name line={line} at={at} {...{ report, hasColors, onOpen }} />
              </th>
              <td className={cell} title={exactly(line)}>
                <span className={line.unpriced > 0 ? 'text-amber' : ''}>{costWords(line)}</span>
              </td>
              <td className="px-3 py-1.5">
                <Share share={line.share} most={most} />
              </td>
              <Counts sum={line} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line-strong font-medium">
            <th scope="row" className="px-3 py-1.5 text-left font-medium">
              {omitted === undefined ? 'Total' : `Total, with ${omitted} more`}
            </th>
            <td className={cell} title={exactly(total)}>
              {costWords(total)}
            </td>
            <td />
            <Counts sum={total} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Once, when it comes to be the chosen one. */
function toSight(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

interface NameProps extends Pick<CostTableProps, 'report' | 'hasColors' | 'onOpen'> {
  line: CostLine;
  at: number;
}

function Name({ line, at, report, hasColors, onOpen }: NameProps) {
  const name = nameOf(report.by, line.key);
  const canOpen = onOpen !== undefined && line.key !== '';
  return (
    <span className="flex min-w-0 items-center gap-2">
      {hasColors && <span aria-hidden className={`size-2.5 shrink-0 rounded-sm ${colorAt(at)}`} />}
      {canOpen ? (
        <button
          type="button"
          className="min-w-0 truncate rounded-sm hover:underline"
          title={name}
          onClick={() => onOpen(line)}
        >
          {name}
        </button>
      ) : (
        <span className={line.key === '' ? 'truncate text-muted' : 'truncate'}>{name}</span>
      )}
    </span>
  );
}

function Share({ share, most }: { share: number; most: number }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="h-1.5 min-w-10 flex-1 overflow-hidden rounded-full bg-selected">
        <span
          className="block h-full rounded-full bg-muted"
          style={{ width: `${most === 0 ? 0 : (share / most) * 100}%` }}
        />
      </span>
      <span className="w-9 text-right text-muted">{Math.round(share * 100)} %</span>
    </span>
  );
}

function Counts({ sum }: { sum: CostSum }) {
  const { input, output, cacheRead, cacheWrite, requests } = sum;
  return (
    <>
      {Object.entries({ input, output, cacheRead, cacheWrite }).map(([kind, count]) => (
        <td key={kind} className={cell} title={`${count.toLocaleString('en-GB')} tokens`}>
          {tokenWords(count)}
        </td>
      ))}
      <td className={cell}>{requests.toLocaleString('en-GB')}</td>
    </>
  );
}

function exactly(sum: CostSum): string {
  const { usd, toldUsd, unpriced } = sum;
  const parts = [
    `$${usd.toFixed(6)} for ${tokensOf(sum).toLocaleString('en-GB')} tokens`,
    ...(toldUsd > 0 ? [`$${toldUsd.toFixed(6)} of it as the CLI told it`] : []),
    ...(unpriced > 0 ? [`${unpriced.toLocaleString('en-GB')} tokens without a price`] : []),
  ];
  return parts.join('; ');
}
