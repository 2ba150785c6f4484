import { History } from 'lucide-react';
import { useMemo } from 'react';
import { amendPlace, navigate, useUi } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { isWide, useMedia } from '../../ui/use-media.ts';
import { ViewHeader } from '../../ui/view-header.tsx';
import { EventList } from './event-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Folding, MomentBar } from './moment-bar.tsx';
import { PastState } from './past-state.tsx';
import { PlayControls } from './play-controls.tsx';
import { MarkLegend, Scrubber } from './scrubber.tsx';
import {
  isNarrowed,
  parsePlace,
  type TimelinePlace,
  toAsk,
  toTarget,
  withoutFilters,
} from './timeline-place.ts';
import { useEventWindow } from './use-event-window.ts';
import { useMoment } from './use-moment.ts';
import { useOverview } from './use-overview.ts';
import { usePlay } from './use-play.ts';
import { useSteps } from './use-steps.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';

/** The log, and everything as it was after any event of it. */
export function TimelineView() {
  const target = useUi(({ place }) => place.target);
  const place = useMemo(() => parsePlace(target), [target]);
  const { at } = place;
  const change = (next: TimelinePlace) => amendPlace(toTarget(next));
  const show = (seq: number) => change({ ...place, at: seq });
  const hasRoom = useMedia(isWide);
  const overview = useOverview();
  const moment = useMoment(at);
  const window = useEventWindow(toAsk(place), at);
  const { state } = moment;
  const steps = useSteps({ at, window, ask: toAsk(place), show });
  const play = usePlay({
    ...window,
    shown: at === undefined ? undefined : { seq: at, atMs: state?.atMs ?? 0 },
    isBehind: moment.isBehind,
    go: show,
  });
  const { at: _, ...rest } = place;
  const actions = {
    ...steps,
    now() {
      play.stop();
      if (at !== undefined) navigate('timeline', toTarget(rest));
    },
    play: () => at !== undefined && play.toggle(),
  };
  useTimelineKeys(actions);
  const setAbout = (about: string) => {
    const [kind = '', name = ''] = about.split('/');
    change({ ...withoutFilters(place), [kind]: name });
  };
  const shownMs = at === undefined ? undefined : state?.atMs;
  return (
    <>
      <ViewHeader
        title="Timeline"
        actions={
          <>
            {hasRoom && <MarkLegend />}
            <PlayControls play={play} isPast={at !== undefined} />
          </>
        }
      >
        {overview.overview && `${overview.overview.head.toLocaleString('en')} events`}
      </ViewHeader>
      {overview.overview !== undefined && overview.overview.head > 0 && (
        <Scrubber
          overview={overview.overview}
          atMs={shownMs}
          onSeek={(seq) => {
            play.stop();
            show(seq);
          }}
        />
      )}
      {overview.progress !== undefined && (
        <div className="border-b">
          <Folding progress={overview.progress} />
        </div>
      )}
      {overview.error !== undefined && (
        <p role="alert" className="border-b px-4 py-1 text-sm text-red">
          {overview.error.message} {overview.error.mend}
        </p>
      )}
      <SplitPane
        id="timeline"
        label="Resize the list of events"
        fixed="start"
        sizePx={hasRoom ? 420 : 320}
        minPx={240}
        maxPx={700}
        start={
          <section aria-label="Log" className="flex min-h-0 flex-1 flex-col">
            <FilterBar place={place} onChange={change} />
            <EventList
              window={window}
              at={at}
              isNarrowed={isNarrowed(place)}
              onShow={(seq) => {
                play.stop();
                show(seq);
              }}
              onClear={() => change(withoutFilters(place))}
            />
          </section>
        }
        end={
          at === undefined ? (
            <Now onStep={steps.before} />
          ) : moment.error !== undefined ? (
            <div className="flex flex-col items-start gap-3 p-4">
              <FailedLine error={moment.error} onRetry={moment.retry} />
              <Button onClick={actions.now}>Back to now</Button>
            </div>
          ) : state === undefined ? (
            overview.progress === undefined &&
            moment.progress && <Folding progress={moment.progress} />
          ) : (
            <section aria-label="The past" className="flex min-h-0 flex-1 flex-col">
              <MomentBar
                event={state.event}
                progress={moment.progress}
                actions={actions}
                onAbout={setAbout}
              />
              <PastState state={state} />
            </section>
          )
        }
      />
    </>
  );
}

function Now({ onStep }: { onStep: () => void }) {
  return (
    <EmptyState
      icon={History}
      title="This is now"
      action={
        <Button shortcut="k" onClick={onStep}>
          Step back
        </Button>
      }
    >
      Choose an event, or drag along the log above: inbox, agents, board and approvals are shown as
      they were then, and what an agent’s terminal showed beside them. Nothing can be changed there.
    </EmptyState>
  );
}
