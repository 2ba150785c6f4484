import { useEffect } from 'react';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { classNames } from '../../ui/class-names.ts';
import { nowMs, useNow } from '../../ui/clock.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { coolingMs, lookOf, nextOf, whenOf } from './present-trigger.ts';
import { TriggerDetail } from './trigger-detail.tsx';
import { TriggerMenu } from './trigger-menu.tsx';
import { toggleTrigger } from './triggers-ui.ts';

interface TriggerListProps {
  triggers: readonly TriggerRecord[];
  activeId: string | undefined;
  openId: string | undefined;
  onChoose: (id: string) => void;
}

const columns =
  'grid grid-cols-[10px_minmax(120px,1.2fr)_minmax(120px,1.6fr)_minmax(120px,1.6fr)_72px_88px_28px] items-center gap-3 px-4';

/** One line each, all of the same height; what is unfolded stands below its own. */
export function TriggerList({ triggers, activeId, openId, onChoose }: TriggerListProps) {
  useEffect(() => {
    if (activeId) document.getElementById(rowId(activeId))?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return (
    <ScrollArea aria-label="Triggers" role="region">
      <div
        aria-hidden
        className={classNames(columns, 'sticky top-0 z-10 h-7 border-b bg-bg text-xs text-faint')}
      >
        <span />
        <span>Name</span>
        <span>When</span>
        <span>Does</span>
        <span>Fired</span>
        <span>Next</span>
        <span />
      </div>
      <ul>
        {triggers.map((trigger) => (
          <Row
            key={trigger.id}
            trigger={trigger}
            isActive={trigger.id === activeId}
            isOpen={trigger.id === openId}
            onChoose={() => onChoose(trigger.id)}
          />
        ))}
      </ul>
    </ScrollArea>
  );
}

const rowId = (id: string) => `trigger-row-${id}`;

interface RowProps {
  trigger: TriggerRecord;
  isActive: boolean;
  isOpen: boolean;
  onChoose: () => void;
}

function Row({ trigger, isActive, isOpen, onChoose }: RowProps) {
  const { id, name, does, last } = trigger;
  const look = lookOf(trigger);
  return (
    <li id={rowId(id)} aria-current={isActive} className="scroll-mt-7 border-b">
      <div
        className={classNames(columns, 'group h-9 hover:bg-hover', isActive && 'bg-selected')}
        onPointerDown={onChoose}
      >
        <StatusDot {...look} />
        <button
          type="button"
          aria-expanded={isOpen}
          title={`${id}: ${look.word}`}
          className="min-w-0 truncate text-left font-medium hover:underline"
          onClick={() => toggleTrigger(id)}
        >
          {toPlainLine(name)}
        </button>
        <UntrustedLine text={whenOf(trigger)} className="font-mono text-sm text-muted" />
        <UntrustedLine text={does} className="text-muted" />
        <span className="truncate text-sm text-muted tabular-nums">
          {last === undefined ? (
            <span className="text-faint">never</span>
          ) : (
            <RelativeTime atMs={last.atMs} withAgo />
          )}
        </span>
        <Next trigger={trigger} />
        <TriggerMenu trigger={trigger} />
      </div>
      {isOpen && <TriggerDetail trigger={trigger} />}
    </li>
  );
}

/** Counts down while it cools down. */
function Next({ trigger }: { trigger: TriggerRecord }) {
  const isCooling = coolingMs(trigger, nowMs()) > 0;
  const now = useNow(isCooling ? 1_000 : 60_000);
  return <span className="truncate text-sm text-muted tabular-nums">{nextOf(trigger, now)}</span>;
}
