/** From the event that is shown to the next: in the list, or along what belongs together. */
import { useEffect, useRef } from 'react';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import type { Bridge, QueryInput } from '../../hub/bridge.ts';
import { showError } from '../../ui/toast.tsx';
import type { EventWindow } from './use-event-window.ts';
import type { TimelineActions } from './use-timeline-keys.ts';

interface Steps {
  readonly at: number | undefined;
  readonly window: EventWindow;
  readonly ask: QueryInput<'timeline.list'>;
  readonly show: (seq: number) => void;
}

type Find = (bridge: Bridge, signal: AbortSignal) => Promise<number | undefined>;

export function useSteps({
  at,
  window,
  ask,
  show,
}: Steps): Pick<TimelineActions, 'next' | 'before' | 'cause' | 'effect'> {
  const { bridge } = useHub();
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);
  /** The newest wish counts. */
  const go = (find: Find) => {
    abort.current.abort();
    const own = new AbortController();
    abort.current = own;
    find(bridge, own.signal).then(
      (seq) => !own.signal.aborted && seq !== undefined && show(seq),
      (thrown: unknown) => !own.signal.aborted && showError(toWireErrorOf(thrown)),
    );
  };
  const { events } = window;
  const besideInLog =
    (where: { after: number } | { before: number }): Find =>
    async (hub, signal) => {
      const page = await hub.query('timeline.list', { ...ask, ...where, limit: 1 }, signal);
      return page.events[0]?.seq;
    };
  const along = (pick: (seqs: readonly number[], seq: number) => number | undefined) => {
    if (at === undefined) return;
    go(async (hub, signal) => {
      const chain = await hub.query('timeline.chain', { seq: at }, signal);
      return pick(
        chain.events.map(({ seq }) => seq),
        at,
      );
    });
  };
  return {
    next() {
      if (at === undefined) return;
      const known = events.find(({ seq }) => seq > at)?.seq;
      if (known !== undefined) show(known);
      else if (window.hasNewer) go(besideInLog({ after: at }));
    },
    before() {
      const known =
        at === undefined ? events.at(-1)?.seq : events.findLast(({ seq }) => seq < at)?.seq;
      if (known !== undefined) show(known);
      else if (window.hasOlder && at !== undefined) go(besideInLog({ before: at }));
    },
    cause: () => along((seqs, seq) => seqs.findLast((one) => one < seq)),
    effect: () => along((seqs, seq) => seqs.find((one) => one > seq)),
  };
}
