/**
 * As a rendezvous: one terminal of a node on its way to one viewer. The node is not trusted: no more of it is kept or handed on than the viewer
 * has made room for. A screen waits until the one before was parsed, and of several that wait the newest counts.
 */
import { fromUtf8 } from '../../../base/utf8.ts';
import type { RestoredScreen, TerminalExit, TerminalViewer } from '../../terminals/index.ts';
import { type WatchSaid, windowBytes } from '../../../../preload/contract/watch-frames.ts';

type ScreenHead = Extract<WatchSaid, { k: 'screen' }>;

interface Filling {
  readonly head: ScreenHead;
  readonly parts: Uint8Array[];
  missing: number;
}

interface Held {
  readonly screen: RestoredScreen;
  readonly output: Uint8Array[];
  exit?: TerminalExit;
}

export class Relay {
  private readonly viewer: TerminalViewer;
  private filling: Filling | undefined;
  /** The newest screen of the node, and all after it, while the viewer parses one before. */
  private held: Held | undefined;
  private isParsing = false;
  private hasScreen = false;
  /** Output since the newest screen of the node, and what of it was parsed. */
  private sentBytes = 0;
  private parsedBytes = 0;

  constructor(viewer: TerminalViewer) {
    this.viewer = viewer;
  }

  /** Why the node may not say this; undefined: it is on its way. */
  screen(head: ScreenHead): string | undefined {
    if (this.filling !== undefined) return 'a screen within a screen';
    this.filling = { head, parts: [], missing: head.bytes };
    if (head.bytes === 0) this.filled(this.filling);
    return undefined;
  }

  bytes(bytes: Uint8Array): string | undefined {
    const { filling } = this;
    if (filling !== undefined) {
      filling.missing -= bytes.length;
      if (filling.missing < 0) return 'more of a screen than was said';
      filling.parts.push(bytes);
      if (filling.missing === 0) this.filled(filling);
      return undefined;
    }
    if (!this.hasScreen) return 'output before its screen';
    this.sentBytes += bytes.length;
    if (this.sentBytes - this.parsedBytes > windowBytes)
      return 'more output than there is room for';
    if (this.held === undefined) this.viewer.onData(bytes);
    else this.held.output.push(bytes);
    return undefined;
  }

  exit(exit: TerminalExit): string | undefined {
    if (!this.hasScreen || this.filling !== undefined) return 'an end before its screen';
    if (this.held === undefined) this.viewer.onExit(exit);
    else this.held.exit = exit;
    return undefined;
  }

  /** What the viewer has parsed since the last screen that it got. Returns what the node is to be told; undefined: that was of a screen before. */
  parsed(bytes: number): number | undefined {
    this.isParsing = false;
    const { held } = this;
    if (held === undefined) {
      this.parsedBytes = Math.max(this.parsedBytes, Math.min(bytes, this.sentBytes));
      return this.parsedBytes;
    }
    this.held = undefined;
    this.hand(held);
    return undefined;
  }

  /** The link broke: what was half told is not told any more. */
  stall(): void {
    this.filling = undefined;
    this.held = undefined;
    this.hasScreen = false;
    this.viewer.onStalled?.();
  }

  private filled({ head, parts }: Filling): void {
    this.filling = undefined;
    this.hasScreen = true;
    this.sentBytes = 0;
    this.parsedBytes = 0;
    const { cols, rows, hasSkipped } = head;
    const data = fromUtf8(parts);
    const skips = hasSkipped ?? this.held?.screen.hasSkipped;
    const screen = { data, cols, rows, ...(skips && { hasSkipped: skips }) };
    if (this.isParsing) this.held = { screen, output: [] };
    else this.hand({ screen, output: [] });
  }

  private hand({ screen, output, exit }: Held): void {
    this.isParsing = true;
    this.viewer.onRestore(screen);
    for (const bytes of output) this.viewer.onData(bytes);
    if (exit !== undefined) this.viewer.onExit(exit);
  }
}
