/** The inbox on this page: what is selected and written, and what is out of sight while it can be undone. */
import { create } from 'zustand';

/** Of an answer that was not sent yet. */
export interface Draft {
  readonly text: string;
  /** Options, where several can be chosen. */
  readonly choices: readonly string[];
}

interface InboxUi {
  readonly activeId: string | undefined;
  /** By item. */
  readonly drafts: Readonly<Record<string, Draft>>;
}

const maxDrafts = 50;
const noDraft: Draft = { text: '', choices: [] };

export const useInboxUi = create<InboxUi>(() => ({
  activeId: undefined,
  drafts: {},
}));

export function select(activeId: string | undefined): void {
  useInboxUi.setState({ activeId });
}

export function useDraft(id: string): Draft {
  return useInboxUi((state) => state.drafts[id] ?? noDraft);
}

export function keepDraft(id: string, change: Partial<Draft>): void {
  const { drafts } = useInboxUi.getState();
  const others = Object.entries(drafts).filter(([other]) => other !== id);
  const draft = { ...(drafts[id] ?? noDraft), ...change };
  const isEmpty = draft.text === '' && draft.choices.length === 0;
  const entries = isEmpty ? others : [...others, [id, draft] as const];
  useInboxUi.setState({ drafts: Object.fromEntries(entries.slice(-maxDrafts)) });
}

export function dropDraft(id: string): void {
  keepDraft(id, noDraft);
}
