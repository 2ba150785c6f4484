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
  /** Agents whose messages are unfolded. */
  readonly unfolded: ReadonlySet<string>;
  /** Items for one answer to several, and the one from which on a range is chosen. */
  readonly chosen: ReadonlySet<string>;
  readonly anchorId: string | undefined;
  /** Ids of the rows that can be chosen, from the first to the last. */
  readonly rows: readonly string[];
}

const maxDrafts = 50;
const noDraft: Draft = { text: '', choices: [] };

export const useInboxUi = create<InboxUi>(() => ({
  activeId: undefined,
  drafts: {},
  unfolded: new Set(),
  chosen: new Set(),
  anchorId: undefined,
  rows: [],
}));

export function toggleFold(agent: string, isOpen?: boolean): void {
  const { unfolded } = useInboxUi.getState();
  const next = new Set(unfolded);
  if (isOpen ?? !unfolded.has(agent)) next.add(agent);
  else next.delete(agent);
  useInboxUi.setState({ unfolded: next });
}

/** What is on the list now. What was chosen and has gone is chosen no more. */
export function noteRows(rows: readonly string[]): void {
  const { chosen } = useInboxUi.getState();
  const there = new Set(rows);
  const isWhole = [...chosen].every((id) => there.has(id));
  useInboxUi.setState({
    rows,
    ...(!isWhole && { chosen: new Set([...chosen].filter((id) => there.has(id))) }),
  });
}

export function toggleChosen(id: string): void {
  const { chosen, rows } = useInboxUi.getState();
  if (!rows.includes(id)) return;
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  useInboxUi.setState({ chosen: next, anchorId: id });
}

/** All from the one chosen last to this one, both included. */
export function chooseFromTo(id: string): void {
  const { chosen, anchorId, activeId, rows } = useInboxUi.getState();
  const to = rows.indexOf(id);
  if (to < 0) return;
  const from = [anchorId, activeId, id].map((one) => rows.indexOf(one ?? '')).find((at) => at >= 0);
  const range = rows.slice(Math.min(from ?? to, to), Math.max(from ?? to, to) + 1);
  useInboxUi.setState({ chosen: new Set([...chosen, ...range]), anchorId: rows[from ?? to] });
}

export function chooseNone(): void {
  useInboxUi.setState({ chosen: new Set(), anchorId: undefined });
}

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
