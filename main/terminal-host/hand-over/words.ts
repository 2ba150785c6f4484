/**
 * What an old host and the one that replaces it say to each other, after the handshake, on a connection of their own:
 *
 *   new -> {takeOver: {formats}}
 *   old -> {offer}, then {terminal} and {screen} as often as it says       from here on all terminals stand still
 *   new -> {took}                 it has a terminal for each of them, and all screens are whole
 *   old -> {go}                   it writes its state down no more
 *   new -> {taken}                it has state and address: from this byte on the terminals are its own
 *   old -> {exit} ...             how programs that are the old one's children ended
 *
 * Whatever happens before `taken`, the new one is killed and the old one goes on: nothing was read by then. A host of any later
 * version has to understand `exit`, for a parent stays until the last of its programs ends.
 */
import type { TerminalExit } from '../../features/terminals/ports.ts';
import type { LastScreen, RecordedEnd } from '../last-screens.ts';
import type { ProgramExit } from '../pty.ts';
import type { TerminalSnapshot } from '../terminal-snapshot.ts';

/** Changes when a host could misunderstand what the one before it gives. */
export const format = 1;

/** The first of them that is handed over; each terminal says its own. */
export const firstMaster = 3;

/** A process that is the parent of programs whose terminals it has given away. */
export interface KeeperAt {
  readonly pid: number;
  readonly address: string;
}

export interface GivenTerminal extends TerminalSnapshot {
  /** Descriptor of its master in the new process. */
  readonly master: number;
  /** Address of its program's parent. */
  readonly keeper: string;
}

export interface Offer {
  readonly format: number;
  /** All marks begin with it: it stays the same however often a host is replaced. */
  readonly hostId: string;
  readonly opened: number;
  readonly ends: readonly TerminalExit[];
  readonly recordedEnds: readonly RecordedEnd[];
  readonly keepers: readonly KeeperAt[];
  /** How many follow. */
  readonly terminals: number;
  readonly screens: number;
}

/** `terminal` has its screen as body, `screen` what it shows. */
export type FromOld =
  | { readonly offer: Offer }
  | { readonly terminal: GivenTerminal }
  | { readonly screen: Omit<LastScreen, 'data'> }
  | { readonly go: true }
  | { readonly exit: ProgramExit & { readonly pid: number } };

export type FromNew =
  | { readonly takeOver: { readonly formats: readonly number[] } }
  /** It only wants to know how programs end. */
  | { readonly listen: true }
  | { readonly took: readonly TookTerminal[] }
  | { readonly taken: true };

export interface TookTerminal {
  readonly id: string;
  readonly pid: number;
  readonly cols: number;
  readonly rows: number;
}

/** It took what was given, all of it and nothing else. */
export function isWhole(given: readonly TookTerminal[], took: unknown): boolean {
  if (!Array.isArray(took) || took.length !== given.length) return false;
  return given.every(({ id, pid, cols, rows }) =>
    took.some(
      (one: Partial<TookTerminal> | null) =>
        one?.id === id && one.pid === pid && one.cols === cols && one.rows === rows,
    ),
  );
}

/** Undefined for what is no offer that this version understands. */
export function parseOffer(said: unknown): Offer | undefined {
  const { offer } = (said ?? {}) as { offer?: Partial<Offer> };
  const isOne =
    offer?.format === format &&
    typeof offer.hostId === 'string' &&
    isCount(offer.opened) &&
    isCount(offer.terminals) &&
    isCount(offer.screens) &&
    [offer.ends, offer.recordedEnds, offer.keepers].every(Array.isArray);
  return isOne ? (offer as Offer) : undefined;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
