import type { NodeSelf } from '../../../preload/contract/cluster-facts.ts';
import { sayLoad } from '../../../preload/contract/say-node.ts';

interface LoadBarProps {
  self: NodeSelf;
  /** As it was when it was last heard. */
  isOld: boolean;
}

/** How many of its processors are busy, over the last minute; more than all of them is told by colour and number. */
export function LoadBar({ self, isOld }: LoadBarProps) {
  const { load, cpus } = self;
  const percent = Math.round(load * 100);
  const when = isOld ? 'when it was last heard' : 'over the last minute';
  const fill = isOld ? 'bg-line-strong' : load > 1 ? 'bg-amber' : 'bg-accent';
  return (
    <span className="flex items-center gap-2" title={`${percent} % of ${cpus} processors ${when}`}>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> is drawn by each browser in colours of its own */}
      <span
        role="meter"
        aria-label="Load"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, percent)}
        aria-valuetext={`${percent} % of ${cpus} processors ${when}`}
        className="block h-1.5 min-w-8 flex-1 overflow-hidden rounded-full bg-selected group-data-active:bg-line-strong/40"
      >
        <span className={`block h-full ${fill}`} style={{ width: `${Math.min(100, percent)}%` }} />
      </span>
      <span
        className={`w-14 shrink-0 text-right ${isOld ? 'text-faint' : load > 1 ? 'text-amber' : 'text-muted'}`}
      >
        {sayLoad(self)}
      </span>
    </span>
  );
}
