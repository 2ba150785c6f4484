/** The rows of the Inbox: which is selected, which are chosen, and the keys that move among them. */
import { useEffect, useMemo, useRef } from 'react';
import { noteSelfMove } from '../../shell/self-moves.ts';
import { useUi } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import type { Pages } from '../../ui/pages.tsx';
import { type InboxItem, kindOf } from './kinds.ts';
import { type Entry, type Section, toSections } from './inbox-sections.ts';
import type { InboxLook } from './inbox-look.ts';
import {
  chooseFromTo,
  chooseNone,
  noteRows,
  select,
  toggleChosen,
  toggleFold,
  useInboxUi,
} from './inbox-ui.ts';
import { neighbour, nextActive } from './selection.ts';
import { useDismiss } from './use-dismiss.ts';

interface Listed {
  readonly items: readonly InboxItem[];
  readonly peers: readonly InboxItem[];
  readonly look: InboxLook;
  readonly pages: Pages;
}

export interface Rows {
  readonly sections: readonly Section[];
  readonly active: Entry | undefined;
  readonly chosen: { readonly ids: ReadonlySet<string>; readonly items: readonly InboxItem[] };
}

export function useRows({ items, peers, look, pages }: Listed): Rows {
  const wanted = useInboxUi((state) => state.activeId);
  const unfolded = useInboxUi((state) => state.unfolded);
  const sections = useMemo(
    () => toSections({ items, peers, look, unfolded, activeId: wanted }),
    [items, peers, look, unfolded, wanted],
  );
  const entries = useMemo(
    () => sections.flatMap(({ rows }) => rows.map(({ entry }) => entry)),
    [sections],
  );
  const active = useActive(entries, wanted);
  const ids = useInboxUi((state) => state.chosen);
  const choosable = useMemo(() => choosableIds(sections), [sections]);
  useEffect(() => noteRows(choosable), [choosable]);
  useKeys(entries, active, pages);
  const chosenItems = useMemo(() => itemsOf(entries, ids), [entries, ids]);
  return { sections, active, chosen: { ids, items: chosenItems } };
}

/** What is between agents is nobody's to answer in passing. */
function choosableIds(sections: readonly Section[]): readonly string[] {
  return sections
    .filter(({ quiet }) => quiet !== 'peers')
    .flatMap(({ rows }) => rows.map(({ entry }) => entry.id));
}

/** A fold stands for all that are in it; each item once. */
function itemsOf(entries: readonly Entry[], ids: ReadonlySet<string>): readonly InboxItem[] {
  const chosen = entries.filter(({ id }) => ids.has(id));
  const items = chosen.flatMap((entry): readonly InboxItem[] =>
    entry.kind === 'fold' ? entry.items : [entry],
  );
  return [...new Set(items)];
}

function useActive(entries: readonly Entry[], wanted: string | undefined): Entry | undefined {
  const before = useRef<readonly string[]>([]);
  const ids = entries.map(({ id }) => id);
  const activeId = nextActive(before.current, ids, wanted);
  useAskedFor();
  useEffect(() => {
    const hadAny = before.current.length > 0;
    before.current = ids;
    // What an address asks for was selected just now, or is still on its way.
    const isAsked = wanted !== useInboxUi.getState().activeId || (ids.length === 0 && !hadAny);
    if (activeId === wanted || isAsked) return;
    select(activeId);
    noteSelfMove();
  });
  return entries.find(({ id }) => id === activeId);
}

/** An address may name an item: `#/inbox/question/q-81`. */
function useAskedFor(): void {
  const target = useUi(({ place }) => place.target);
  useEffect(() => {
    if (target !== undefined) select(target);
  }, [target]);
}

function useKeys(entries: readonly Entry[], active: Entry | undefined, pages: Pages): void {
  const dismiss = useDismiss();
  const ids = entries.map(({ id }) => id);
  const move = (step: number) => select(neighbour(ids, active?.id, step));
  /** Several are decided where they are listed, and not in passing. */
  const mayDismiss = () => active && useInboxUi.getState().chosen.size === 0 && dismiss(active);
  const extend = (step: number) => {
    const to = neighbour(ids, active?.id, step);
    if (active === undefined || to === undefined) return;
    chooseFromTo(active.id);
    chooseFromTo(to);
    select(to);
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowUp', run: () => move(-1) },
    { keys: 'Home', run: () => move(-ids.length) },
    { keys: 'End', run: () => move(ids.length) },
    { keys: 'x', run: () => active && toggleChosen(active.id) },
    { keys: 'Shift+x', run: () => active && chooseFromTo(active.id) },
    { keys: 'Shift+ArrowDown', run: () => extend(1) },
    { keys: 'Shift+ArrowUp', run: () => extend(-1) },
    { keys: 'ArrowRight', run: () => active?.kind === 'fold' && toggleFold(active.agent, true) },
    { keys: 'ArrowLeft', run: () => foldUp(active) },
    {
      keys: 'Enter',
      run: () => (pages.shown === 'list' ? pages.open() : active && openEntry(active)),
    },
    { keys: 'Escape', run: () => pages.back() || chooseNone() },
    { keys: 'Delete', run: mayDismiss, decides: true },
    { keys: 'Backspace', run: mayDismiss, decides: true },
  ]);
}

/** From a message to the row that it is folded into. */
function foldUp(active: Entry | undefined): void {
  if (active?.kind !== 'fold' && active?.kind !== 'message') return;
  toggleFold(active.agent, false);
  const id = `messages/${active.agent}`;
  if (useInboxUi.getState().rows.includes(id)) select(id);
}

/** Where the rest of it is. */
function openEntry(entry: Entry): void {
  if (entry.kind === 'fold') toggleFold(entry.agent);
  else kindOf(entry).open?.(entry);
}
