import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { PipelineNow } from '../../../preload/contract/pipeline.ts';
import { useCommand } from '../../hub/use-command.ts';
import { useLive } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { PipelineDetails } from './pipeline-details.tsx';
import { lookOf, sayActive, sayWaiting, standingOf } from './pipeline-words.ts';

/** Above the board: whether stories go to agents by themselves, how many do, and why others wait. Nothing before the hub has said so. */
export function PipelineLine() {
  const now = useLive('pipeline', 'now');
  if (now === undefined) return null;
  return (
    <section
      aria-label="Pipeline"
      className="flex h-9 shrink-0 items-center gap-3 border-b px-4 text-sm"
    >
      <Popover
        label="How the pipeline stands"
        className="w-120"
        trigger={
          <button
            type="button"
            className="-ml-1.5 inline-flex h-6 shrink-0 items-center gap-2 rounded-md px-1.5 hover:bg-hover data-[state=open]:bg-selected"
          >
            <StatusDot {...lookOf(now)} showWord className="font-medium" />
            <span className="tabular-nums text-muted">{sayActive(now)}</span>
          </button>
        }
      >
        <PipelineDetails now={now} />
      </Popover>
      <Words now={now} />
      <Switch isOn={now.isOn} />
    </section>
  );
}

/** What is in the way, first of all what the operator can mend. */
function Words({ now }: { now: PipelineNow }) {
  const [standing] = standingOf(now);
  if (now.isOn && standing?.waits !== undefined)
    return (
      <UntrustedLine
        text={`${standing.story} waits: ${standing.waits.what}`}
        className="flex-1 text-amber"
      />
    );
  const since = !now.isOn && now.sinceMs !== undefined && (
    <span className="shrink-0 text-faint">
      for <RelativeTime atMs={now.sinceMs} prefix="paused for" />
    </span>
  );
  const words = [now.isOn ? undefined : now.reason, sayWaiting(now)].filter(Boolean).join('; ');
  return (
    <>
      {since}
      <UntrustedLine text={words} className="flex-1 text-muted" />
    </>
  );
}

function Switch({ isOn }: { isOn: boolean }) {
  const run = useCommand();
  const [isBusy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    await (isOn ? run('pipeline.pause', {}) : run('pipeline.start', {}));
    setBusy(false);
  };
  return (
    <Button
      look={isOn ? 'quiet' : 'normal'}
      icon={isOn ? Pause : Play}
      busy={isBusy}
      onClick={press}
      title={
        isOn
          ? 'No more stories begin by themselves; agents at work go on'
          : 'Stories that are ready go to agents by themselves'
      }
    >
      {isOn ? 'Pause' : 'Start'}
    </Button>
  );
}
