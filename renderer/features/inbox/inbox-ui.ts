/** The inbox on this page: what is selected and written, and what is out of sight while it can be undone. */
import { create } from 'zustand';

interface InboxUi {
  readonly activeId: string | undefined;
  /** Items that are being dismissed: out of sight, and to be had back until the undo is over. */
  readonly held: ReadonlySet<string>;
  /** What was written and not sent yet, by item. */
  readonly drafts: Readonly<Record<string, string>>;
}

const maxDrafts = 50;

export const useInboxUi = create<InboxUi>(() => ({
  activeId: undefined,
  held: new Set(),
  drafts: {},
}));

export function select(activeId: string | undefined): void {
  useInboxUi.setState({ activeId });
}

export function hold(id: string): void {
  useInboxUi.setState(({ held }) => ({ held: new Set([...held, id]) }));
}

export function release(id: string): void {
  useInboxUi.setState(({ held }) => ({ held: new Set([...held].filter((other) => other !== id)) }));
}

export function keepDraft(id: string, text: string): void {
  const others = Object.entries(useInboxUi.getState().drafts).filter(([other]) => other !== id);
  const entries = text === '' ? others : [...others, [id, text] as const];
  useInboxUi.setState({ drafts: Object.fromEntries(entries.slice(-maxDrafts)) });
}
