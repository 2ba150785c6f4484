/**
 * When an agent moves to another section. What is under the pointer or has the keyboard must not jump: neither by
 * moving itself nor because others move before it. Pure.
 */
import type { SectionId } from './agent-sections.ts';

export type Places = ReadonlyMap<string, SectionId>;

interface Change {
  readonly before: Places;
  /** Where each belongs now, in the order that they have within a section. */
  readonly wanted: Places;
  /** Under the pointer, or with the keyboard in it. */
  readonly held: ReadonlySet<string>;
  /** Nobody has touched the view for a moment. */
  readonly isQuiet: boolean;
}

/** New ones get their place, and pins are followed, at once; other moves wait. The same map when nothing moves. */
export function settlePlaces({ before, wanted, held, isQuiet }: Change): Places {
  const rank = new Map([...wanted.keys()].map((id, at) => [id, at] as const));
  /** The section that each held one keeps. */
  const kept = [...held].flatMap((id) => {
    const section = before.get(id);
    return section !== undefined && wanted.has(id) ? [{ rank: rank.get(id) ?? 0, section }] : [];
  });
  const shifts = (id: string, from: SectionId, to: SectionId) =>
    kept.some(
      (one) => (one.section === from || one.section === to) && (rank.get(id) ?? 0) < one.rank,
    );
  const next = new Map<string, SectionId>();
  for (const [id, to] of wanted) {
    const from = before.get(id);
    const isAsked = from === undefined || from === 'pinned' || to === 'pinned';
    // Sections come or go as a whole, or what is held would be left behind in what was.
    const isTurn = to !== 'stopped' && (from === 'all') !== (to === 'all');
    const mayMove = isAsked || (isQuiet && (isTurn || (!held.has(id) && !shifts(id, from, to))));
    next.set(id, mayMove ? to : from);
  }
  return isSettled(before, next) ? before : next;
}

/** Everybody is where they belong. */
export function isSettled(places: Places, wanted: Places): boolean {
  return places.size === wanted.size && [...wanted].every(([id, to]) => places.get(id) === to);
}
