import type { PipelineNow, PipelineWork } from '../../../preload/contract/pipeline.ts';
import { NodeLink, useStoriesByNode } from '../cluster/index.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useNow } from '../../ui/clock.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';

/** Who works on what, and what waits for which reason. */
export function PipelineDetails({ now }: { now: PipelineNow }) {
  const { working, reasons, isOn } = now;
  return (
    <ScrollArea className="flex max-h-96 flex-col gap-3 text-sm">
      <p className="text-muted">
        {isOn
          ? 'Stories that are ready go to agents by themselves, the most urgent first.'
          : 'No story begins by itself. Agents at work go on.'}
      </p>
      {working.length > 0 && (
        <section aria-label="In work">
          <h3 className="mb-1 font-medium">In work</h3>
          <ul>
            {working.map((row) => (
              <WorkRow key={row.story} row={row} />
            ))}
          </ul>
        </section>
      )}
      <OnNodes />
      {reasons.length > 0 && (
        <section aria-label="Ready, and waiting">
          <h3 className="mb-1 font-medium">Ready, and waiting</h3>
          <ul>
            {reasons.map(({ count, what, untilMs }) => (
              <li key={what} className="flex min-h-7 items-center gap-2">
                <span className="w-14 shrink-0 text-right tabular-nums">{count}</span>
                <UntrustedLine text={what} className="flex-1 text-muted" />
                <Until atMs={untilMs} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {working.length === 0 && reasons.length === 0 && (
        <p className="text-faint">No story is ready, and none is in work here.</p>
      )}
    </ScrollArea>
  );
}

/** They take none of the places of this machine. */
function OnNodes() {
  const stories = [...useStoriesByNode().values()].flat();
  const coded = stories.filter(({ place }) => place.stage === 'coding');
  if (coded.length === 0) return null;
  return (
    <section aria-label="In work on other machines">
      <h3 className="mb-1 font-medium">In work on other machines</h3>
      <ul>
        {coded.slice(0, mostShown).map((story) => (
          <li key={story.id} className="flex min-h-7 min-w-0 items-center gap-2">
            <span className="w-14 shrink-0 text-right font-medium whitespace-nowrap tabular-nums">
              {story.id}
            </span>
            <UntrustedLine text={story.title} className="flex-1" />
            <span className="flex max-w-56 min-w-0 shrink-0">
              <NodeLink of={story} isBrief />
            </span>
          </li>
        ))}
      </ul>
      {coded.length > mostShown && (
        <p className="pl-16 text-muted">and {coded.length - mostShown} more</p>
      )}
    </section>
  );
}

const mostShown = 50;

function WorkRow({ row }: { row: PipelineWork }) {
  const { story, title, agent, attempts, waits } = row;
  return (
    <li className="py-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="w-14 shrink-0 text-right font-medium whitespace-nowrap tabular-nums">
          {story}
        </span>
        <UntrustedLine text={title} className="flex-1" />
        {attempts > 0 && <span className="shrink-0 text-faint">back {attempts}×</span>}
        {agent !== '' && (
          <button
            type="button"
            className="max-w-40 shrink-0 truncate rounded-md px-1 text-accent hover:bg-hover"
            onClick={() => navigate('agents', agent)}
          >
            {agent}
          </button>
        )}
      </div>
      {waits !== undefined && (
        <div className="flex min-w-0 items-center gap-2 pl-16 text-amber">
          <UntrustedLine text={waits.what} className="flex-1" />
          <Until atMs={waits.untilMs} />
        </div>
      )}
    </li>
  );
}

function Until({ atMs }: { atMs: number | undefined }) {
  const now = useNow();
  if (atMs === undefined) return null;
  const seconds = Math.max(0, Math.round((atMs - now) / 1_000));
  return (
    <span className="shrink-0 tabular-nums text-faint">
      in {seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}
    </span>
  );
}
