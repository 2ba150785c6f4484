import type { ReactNode } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.ts';
import { formatAge, formatAgeInWords, formatTimeOfDay } from '../../../ui/format-time.ts';
import type { DotTone } from '../../../ui/status-dot.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { capitalized } from '../present-agent.ts';
import { type Piece, piecesOf, spanOf } from './timeline.ts';
import type { History } from './use-history.ts';

interface AgentTimelineProps {
  agent: AgentRecord;
  history: History;
}

const everyMs = 15_000;

/** The last hours of an agent in a thin strip: colour and height say what it was. */
export function AgentTimeline({ agent, history }: AgentTimelineProps) {
  const now = useNow(everyMs);
  const { changes, error } = history;
  if (error !== undefined) return <Line>{error.message}</Line>;
  if (changes === undefined) return <Line>…</Line>;
  const span = spanOf(changes, now);
  const pieces = piecesOf(agent, changes, span);
  const spanMs = span.toMs - span.fromMs;
  const time = formatAgeInWords(spanMs);
  if (pieces.length === 0) return <Line>Nothing is known of it yet</Line>;
  const unknownMs = (pieces[0]?.fromMs ?? span.toMs) - span.fromMs;
  return (
    <Line>
      <span aria-hidden>{formatAge(spanMs)}</span>
      <ol
        aria-label={`${agent.id} in the last ${time}`}
        className="flex h-2.5 min-w-0 flex-1 items-end"
      >
        {unknownMs > 0 && <li aria-hidden style={{ flexGrow: unknownMs }} className="basis-0" />}
        {pieces.map((piece) => (
          <Part key={piece.fromMs} piece={piece} />
        ))}
      </ol>
      <span aria-hidden>now</span>
    </Line>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-5 shrink-0 items-center gap-2 border-b px-3 text-xs text-faint">
      {children}
    </div>
  );
}

function Part({ piece }: { piece: Piece }) {
  const { fromMs, toMs, look } = piece;
  const text = `${capitalized(look.word)} from ${formatTimeOfDay(fromMs)} to ${formatTimeOfDay(toMs)}, ${formatAgeInWords(toMs - fromMs)}`;
  return (
    <Tooltip label={text}>
      <li
        style={{ flexGrow: toMs - fromMs }}
        className="group/part flex h-full min-w-px basis-0 items-end"
      >
        <span className="sr-only">{text}</span>
        <span
          aria-hidden
          className={classNames('w-full group-hover/part:brightness-125', shapeOf(piece))}
        />
      </li>
    </Tooltip>
  );
}

const tones: Readonly<Record<DotTone, string>> = {
  red: 'bg-red',
  amber: 'bg-amber',
  green: 'bg-green',
  blue: 'bg-blue',
  muted: 'bg-faint',
};

/** Also without colour: what the operator is wanted for is highest, what is not known is dashed, what does not run lies flat. */
function shapeOf({ look: { shape, tone, word } }: Piece): string {
  if (shape === 'dashed') return dashes;
  if (shape === 'half' || flat.has(word)) return 'h-px bg-faint';
  if (shape === 'disc' || shape === 'check') return `h-2/3 ${tones[tone]}`;
  return `${tone === 'muted' ? 'h-1' : 'h-full'} ${tones[tone]}`;
}

const dashes = 'h-1 bg-[repeating-linear-gradient(90deg,var(--faint)_0_2px,transparent_2px_5px)]';
const flat: ReadonlySet<string> = new Set(['stopped', 'ended', 'destroyed']);
