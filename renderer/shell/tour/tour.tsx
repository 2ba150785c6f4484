import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { views } from '../../views.ts';
import { navigate } from '../ui-state.ts';
import { type Box, placeCard } from './place-card.ts';
import { endTour, goToStep } from './tour-state.ts';
import { stepsOf, type ViewStep } from './tour-steps.ts';
import { type Anchor, useAnchor } from './use-anchor.ts';

const nowhere: readonly string[] = [];

/** Leads through the real views: each step goes to one, points at something in it, and says what it is for. */
export function Tour({ at }: { at: number }) {
  const steps = useMemo(() => stepsOf(views), []);
  const step = steps[at];
  const anchor = useAnchor(step?.anchors ?? nowhere);
  const view = step?.view;
  useEffect(() => {
    if (view !== undefined) navigate(view);
  }, [view]);
  if (step === undefined) return null;
  return (
    <>
      {typeof anchor === 'object' && <Ring box={anchor} />}
      <Card {...{ step, anchor, at, count: steps.length }} />
    </>
  );
}

function Ring({ box: { left, top, width, height } }: { box: Box }) {
  const room = 3;
  const edge = { left: Math.max(1, left - room), top: Math.max(1, top - room) };
  return (
    <div
      aria-hidden
      data-tour="ring"
      className="pointer-events-none fixed z-30 rounded-md outline-2 outline-accent"
      style={{
        ...edge,
        width: Math.min(width + 2 * room, innerWidth - edge.left - 1),
        height: Math.min(height + 2 * room, innerHeight - edge.top - 1),
      }}
    />
  );
}

interface CardProps {
  step: ViewStep;
  anchor: Anchor;
  at: number;
  count: number;
}

/** Has the keyboard as long as the tour goes on: Enter or an arrow goes on, Escape ends it. */
function Card({ step, anchor, at, count }: CardProps) {
  const card = useRef<HTMLElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const style = useSpot(card, anchor, at);
  const isLast = at === count - 1;
  const goOn = () => (isLast ? endTour() : goToStep(at + 1));
  const goBack = () => at > 0 && goToStep(at - 1);
  // Also when the view that was gone to took it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each step, and when its view is there
  useEffect(() => next.current?.focus({ preventScroll: true }), [at, typeof anchor === 'object']);
  const handleKey = (event: KeyboardEvent) => {
    const act = { Escape: endTour, ArrowRight: goOn, ArrowLeft: goBack }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <section
      ref={card}
      role="dialog"
      aria-label="Tour"
      data-state="open"
      tabIndex={-1}
      onKeyDown={handleKey}
      style={style}
      className="appear fixed z-30 flex w-90 max-w-[calc(100vw-24px)] flex-col gap-2 rounded-lg border border-line-strong bg-bg p-4 shadow-float outline-none"
    >
      <div aria-live="polite" className="flex flex-col gap-1">
        <h2 className="flex items-center gap-2 font-semibold">
          <span className="min-w-0 flex-1">{step.title}</span>
          <Kbd keys={step.viewKeys} decorative />
        </h2>
        <p>{step.text}</p>
        {step.keys && (
          <p className="flex items-center gap-2 text-muted">
            <Kbd keys={step.keys.keys} />
            {step.keys.label}
          </p>
        )}
        {anchor === 'missing' && (
          <p className="text-muted">{step.missing ?? 'There is none yet; it will stand here.'}</p>
        )}
      </div>
      <div className="flex items-center gap-2 pt-1">
        <span className="flex-1 text-sm text-faint">
          {at + 1} of {count}
        </span>
        {!isLast && (
          <Button look="quiet" shortcut="Escape" onClick={endTour}>
            End
          </Button>
        )}
        <Button disabled={at === 0} onClick={goBack}>
          Back
        </Button>
        <Button ref={next} look="primary" onClick={goOn}>
          {isLast ? 'Done' : 'Next'}
        </Button>
      </div>
    </section>
  );
}

/** Before it is painted, by its own size. */
function useSpot(card: { current: HTMLElement | null }, anchor: Anchor, at: number) {
  const [spot, setSpot] = useState({ left: 0, top: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step has another size
  useLayoutEffect(() => {
    if (card.current === null) return;
    const { offsetWidth: width, offsetHeight: height } = card.current;
    const box = typeof anchor === 'object' ? anchor : undefined;
    const next = placeCard(box, { width, height }, { width: innerWidth, height: innerHeight });
    setSpot((old) => (old.left === next.left && old.top === next.top ? old : next));
  }, [card, anchor, at]);
  return spot;
}
