/** The inbox on this page: what is selected, written and dismissed. */
import { create } from 'zustand';
import { readStored, writeStored } from '../../hub/storage.ts';
import type { InboxRead } from './inbox-items.ts';

interface InboxUi {
  readonly activeId: string | undefined;
  readonly read: InboxRead;
  /** Items that are being dismissed: out of sight, and to be had back until the undo is over. */
  readonly held: ReadonlySet<string>;
  /** What was written and not sent yet, by item. */
  readonly drafts: Readonly<Record<string, string>>;
}

const maxDone = 300;
const maxDrafts = 50;

export const useInboxUi = create<InboxUi>(() => ({
  activeId: undefined,
  read: readStored('inboxRead', { upTo: 0, done: [] }),
  held: new Set(),
  drafts: {},
}));

export function select(activeId: string | undefined): void {
  useInboxUi.setState({ activeId });
}

export function markDone(ids: readonly string[]): void {
  const { read } = useInboxUi.getState();
  const done = [...read.done.filter((id) => !ids.includes(id)), ...ids].slice(-maxDone);
  keepRead({ ...read, done });
}

export function unmarkDone(ids: readonly string[]): void {
  const { read } = useInboxUi.getState();
  keepRead({ ...read, done: read.done.filter((id) => !ids.includes(id)) });
}

/** Every message up to this number is read. */
export function markReadUpTo(seq: number): void {
  const { read } = useInboxUi.getState();
  keepRead({ ...read, upTo: Math.max(read.upTo, seq) });
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

function keepRead(read: InboxRead): void {
  useInboxUi.setState({ read });
  writeStored('inboxRead', { upTo: read.upTo, done: [...read.done] });
}
