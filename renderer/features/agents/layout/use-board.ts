/** The agents in their sections, moved only when that disturbs nobody. */
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { useRecords } from '../../../hub/use-records.ts';
import { byAge } from '../present-agent.ts';
import { useWaiting } from '../use-waiting.ts';
import {
  fitsFilter,
  orderOf,
  placesOf,
  type Section,
  sectionOf,
  toSections,
} from './agent-sections.ts';
import { type Held, holdOf, holdStill, letGo } from '../../../ui/hold-still.ts';
import { isSettled, type Places, settlePlaces } from './settle-places.ts';
import type { AgentsLayout } from './stored-layout.ts';
import { useQuiet } from './use-quiet.ts';

export interface Board {
  /** All that are not destroyed, in the order they were added. */
  readonly live: readonly AgentRecord[];
  readonly kept: readonly AgentRecord[];
  /** Of those that fit the filter. */
  readonly sections: readonly Section[];
  /** Whom keys reach, as they are seen. */
  readonly order: readonly AgentRecord[];
  /** Sections that are shut. While a filter is on, none is. */
  readonly folded: readonly string[];
  /** Whether it needs the operator now, wherever it is shown. */
  needs(agent: AgentRecord): boolean;
}

export function useBoard(root: RefObject<HTMLElement | null>, layout: AgentsLayout): Board {
  const agents = useRecords('agent');
  const waiting = useWaiting();
  const { live, kept } = useMemo(() => partition(agents), [agents]);
  const { pins, filter } = layout;
  const wanted = useMemo<Places>(
    () => placesOf({ agents: live, waiting, pins }),
    [live, waiting, pins],
  );
  const places = usePlaces(root, wanted);
  const folded = filter === '' ? layout.folded : none;
  return useMemo(() => {
    const countOf = ({ id }: AgentRecord) => waiting.get(id) ?? 0;
    const shown =
      filter === '' ? live : live.filter((agent) => fitsFilter(agent, countOf(agent), filter));
    const sections = toSections(shown, places);
    const needs = (agent: AgentRecord) => sectionOf(agent, countOf(agent)) === 'needs';
    return { live, kept, sections, order: orderOf(sections, folded), folded, needs };
  }, [live, kept, waiting, filter, places, folded]);
}

const none: readonly string[] = [];

function partition(agents: readonly AgentRecord[]) {
  const sorted = [...agents].sort(byAge);
  return {
    live: sorted.filter(({ state }) => state !== 'destroyed'),
    kept: sorted.filter(({ state }) => state === 'destroyed'),
  };
}

function usePlaces(root: RefObject<HTMLElement | null>, wanted: Places): Places {
  const quiet = useQuiet(root);
  const [places, setPlaces] = useState(wanted);
  const hold = useRef<Held>(undefined);
  useEffect(() => {
    if (isSettled(places, wanted)) return;
    const elements = findHeld(root.current);
    const held = new Set(elements.map((element) => element.getAttribute('data-agent') ?? ''));
    const next = settlePlaces({ before: places, wanted, held, isQuiet: quiet !== undefined });
    if (next === places) return;
    hold.current = holdOf(elements[0]);
    setPlaces(next);
  }, [root, places, wanted, quiet]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each quiet moment something else may be held
  useEffect(() => {
    if (findHeld(root.current).length === 0) letGo(root.current);
  }, [root, quiet]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever agents changed place
  useLayoutEffect(() => {
    if (hold.current) holdStill(hold.current);
    hold.current = undefined;
  }, [places]);
  return places;
}

/** Under the pointer, with the keyboard in it, or with its menu open. */
function findHeld(root: HTMLElement | null): readonly Element[] {
  const held =
    '[data-agent]:hover, [data-agent]:focus-within, [data-agent]:has([aria-expanded="true"])';
  return [...(root?.querySelectorAll(held) ?? [])];
}
