/**
 * The frames between a page and its host. The same frames travel over a WebSocket (browser host) and a
 * MessagePort (Electron), so the renderer and the session behind it know nothing of the transport.
 */
import { z } from 'zod';
import { commandEnvelopeSchema } from './envelope.ts';
import type { Receipt } from './envelope.ts';
import type { WireError } from './errors.ts';
import type { Delta, LiveChange, Snapshot } from './sync.ts';
import { terminalColor } from './terminal-color.ts';

const rid = z.number().int().min(1);
const cells = z.number().int().min(1).max(1000);

const color = z.string().regex(terminalColor);

/**
 * The colours a terminal is shown in, for programs that ask: the host answers them, so that one answer comes however
 * many pages show it. `palette`: the sixteen ANSI colours, in their order.
 */
export const terminalColorsSchema = z.object({
  foreground: color,
  background: color,
  cursor: color,
  palette: z.array(color).length(16),
});
export type TerminalColors = z.infer<typeof terminalColorsSchema>;

/** What a page may send. Anything else closes the session. */
export const clientFrameSchema = z.discriminatedUnion('k', [
  /**
   * First frame. `logId`, `sinceSeq`: what the page already holds, of which log (0 = nothing); answered by nothing when
   * it is level, else by a catch-up delta or a snapshot. What it holds of another log counts as nothing.
   */
  z.object({
    k: z.literal('hello'),
    protocol: z.number().int(),
    logId: z.string().max(80).optional(),
    sinceSeq: z.number().int().min(0),
  }),
  /** Asks for a fresh snapshot after a gap. */
  z.object({ k: z.literal('resync') }),
  z.object({ k: z.literal('command'), rid, command: commandEnvelopeSchema }),
  z.object({ k: z.literal('query'), rid, type: z.string().max(80), data: z.unknown() }),
  /** Gives up on a query; no reply follows. */
  z.object({ k: z.literal('cancel'), rid }),
  /**
   * Attaches to a terminal's screen at this size. `ch` is chosen by the page and names the attachment. `colors`: without
   * them, those that were told last.
   */
  z.object({
    k: z.literal('term.open'),
    ch: rid,
    terminalId: z.string().max(80),
    cols: cells,
    rows: cells,
    colors: terminalColorsSchema.optional(),
  }),
  z.object({ k: z.literal('term.input'), ch: rid, data: z.string().max(1024 * 1024) }),
  z.object({ k: z.literal('term.resize'), ch: rid, cols: cells, rows: cells }),
  /** Credit: total bytes since the last restore that the page's terminal has parsed. Cumulative, so a lost one heals. */
  z.object({ k: z.literal('term.ack'), ch: rid, parsedBytes: z.number().int().min(0) }),
  z.object({ k: z.literal('term.close'), ch: rid }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** A repository that the host has open; a page shows one of them. */
export interface OpenProject {
  /** The log's own name; what `?project=` of a page's address names. */
  readonly id: string;
  /** Of its folder. */
  readonly name: string;
  /** That folder, whole. */
  readonly root: string;
}

/** What the host sends. */
export type ServerFrame =
  /** Answers `hello`. `actor` is who this page acts as, `logId` whose records follow. */
  | { k: 'welcome'; protocol: number; version: string; actor: string; logId: string }
  | { k: 'snapshot'; snapshot: Snapshot }
  | { k: 'delta'; delta: Delta }
  /** A whole one after each `welcome`, then what changed. */
  | { k: 'live'; live: LiveChange }
  /** All that are open, in the order they were opened; after `welcome`, and when it is another list. */
  | { k: 'projects'; projects: readonly OpenProject[] }
  | { k: 'receipt'; rid: number; receipt: Receipt }
  | { k: 'answer'; rid: number; result: unknown }
  | { k: 'error'; rid: number; error: WireError }
  /**
   * The screen as it is now: write `data` into a reset terminal, then continue from the live bytes. `hasSkipped`: the page
   * was too far behind, and output was left out before it.
   */
  | { k: 'term.restore'; ch: number; data: string; cols: number; rows: number; hasSkipped?: true }
  /** Live output. Binary on a WebSocket (see frame-codec.ts). */
  | { k: 'term.data'; ch: number; bytes: Uint8Array }
  | { k: 'term.exit'; ch: number; exitCode: number | null; signal: string | null }
  /** Of a terminal on another machine: it is not live until the next restore. */
  | { k: 'term.stalled'; ch: number }
  /** The attachment ended or never began. */
  | { k: 'term.error'; ch: number; error: WireError }
  /** The session is over and reconnecting with the same credentials will not help. */
  | { k: 'bye'; error: WireError };
