/** The inbox on this page: what is selected and written, and what is out of sight while it can be undone. */
import { create } from 'zustand';

interface InboxUi {
  readonly activeId: string | undefined;
  /** What was written and not sent yet, by item. */
  readonly drafts: Readonly<Record<string, string>>;
}

const maxDrafts = 50;

export const useInboxUi = create<InboxUi>(() => ({
  activeId: undefined,
  drafts: {},
}));

export function select(activeId: string | undefined): void {
  useInboxUi.setState({ activeId });
}

export function keepDraft(id: string, text: string): void {
  const others = Object.entries(useInboxUi.getState().drafts).filter(([other]) => other !== id);
  const entries = text === '' ? others : [...others, [id, text] as const];
  useInboxUi.setState({ drafts: Object.fromEntries(entries.slice(-maxDrafts)) });
}
