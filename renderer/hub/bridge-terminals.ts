/** Terminals that the page shows. Each outlives a connection: on the next it is attached anew, at its newest size. */
import type { ClientFrame, ServerFrame, TerminalColors } from '../../preload/contract/bridge.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { TerminalHandle, TerminalHandlers, TerminalShown, TerminalSize } from './bridge.ts';

type TerminalFrame = Extract<ServerFrame, { k: `term.${string}` }>;

/** Characters of one frame of input; a longer paste goes in parts, so that it stays under the message bound. */
const maxInputLength = 64 * 1024;
/** Columns or rows that the contract takes. */
const maxCells = 1000;

interface Shown {
  readonly terminalId: string;
  readonly handlers: TerminalHandlers;
  size: TerminalSize;
  readonly colors: TerminalColors | undefined;
  /** Names the attachment on this connection; undefined while there is none. */
  ch: number | undefined;
  /** Bytes that came over this attachment. */
  receivedBytes: number;
}

export class BridgeTerminals {
  private readonly send: (frame: ClientFrame) => void;
  private readonly shown = new Set<Shown>();
  private readonly byCh = new Map<number, Shown>();
  private lastCh = 0;
  private isLive = false;

  constructor(send: (frame: ClientFrame) => void) {
    this.send = send;
  }

  open(terminalId: string, shown: TerminalShown, handlers: TerminalHandlers): TerminalHandle {
    const one: Shown = {
      terminalId,
      handlers,
      size: toCells(shown),
      colors: shown.colors,
      ch: undefined,
      receivedBytes: 0,
    };
    this.shown.add(one);
    if (this.isLive) this.attach(one);
    return {
      input: (data) => this.input(one, data),
      resize: (newSize) => this.resize(one, newSize),
      acknowledge: (parsedBytes) => this.acknowledge(one, parsedBytes),
      close: () => this.close(one),
    };
  }

  receive(frame: TerminalFrame): void {
    const one = this.byCh.get(frame.ch);
    // Closed here before the host knew.
    if (one === undefined) return;
    if (frame.k === 'term.restore') {
      one.receivedBytes = 0;
      one.handlers.onRestore(frame);
    } else if (frame.k === 'term.data') {
      one.receivedBytes += frame.bytes.length;
      one.handlers.onData(frame.bytes);
    } else if (frame.k === 'term.exit') {
      // Its last screen stays shown; there is nothing to attach to on the next connection.
      this.shown.delete(one);
      one.handlers.onExit(frame);
    } else if (frame.k === 'term.error') {
      this.forget(one);
      one.handlers.onError(frame.error);
    } else one.handlers.onStalled?.();
  }

  goLive(): void {
    this.isLive = true;
    for (const one of this.shown) this.attach(one);
  }

  lose(): void {
    this.isLive = false;
    for (const one of this.byCh.values()) one.ch = undefined;
    this.byCh.clear();
  }

  finish(error: WireError): void {
    const left = [...this.shown];
    this.lose();
    this.shown.clear();
    for (const one of left) one.handlers.onError(error);
  }

  private attach(one: Shown): void {
    this.lastCh += 1;
    one.ch = this.lastCh;
    one.receivedBytes = 0;
    this.byCh.set(one.ch, one);
    const { ch, terminalId, size, colors } = one;
    const shown = colors === undefined ? size : { ...size, colors };
    this.send({ k: 'term.open', ch, terminalId, ...shown });
  }

  private input(one: Shown, data: string): void {
    if (one.ch === undefined) return;
    for (const part of partsOf(data)) this.send({ k: 'term.input', ch: one.ch, data: part });
  }

  private resize(one: Shown, size: TerminalSize): void {
    one.size = toCells(size);
    if (one.ch !== undefined) this.send({ k: 'term.resize', ch: one.ch, ...one.size });
  }

  /** Bytes of an earlier attachment may be parsed only now; no more is credited than came over this one. */
  private acknowledge(one: Shown, bytes: number): void {
    const parsedBytes = Math.min(bytes, one.receivedBytes);
    if (one.ch !== undefined) this.send({ k: 'term.ack', ch: one.ch, parsedBytes });
  }

  private close(one: Shown): void {
    const { ch } = one;
    this.forget(one);
    if (ch !== undefined) this.send({ k: 'term.close', ch });
  }

  private forget(one: Shown): void {
    this.shown.delete(one);
    if (one.ch !== undefined) this.byCh.delete(one.ch);
    one.ch = undefined;
  }
}

/** A size that the contract takes; one measured of a hidden element may be anything, NaN as well. */
function toCells({ cols, rows }: TerminalSize): TerminalSize {
  const clamp = (cells: number) => Math.min(Math.max(Math.floor(cells) || 1, 1), maxCells);
  return { cols: clamp(cols), rows: clamp(rows) };
}

function* partsOf(data: string): Generator<string> {
  let start = 0;
  while (start < data.length) {
    let end = Math.min(start + maxInputLength, data.length);
    // Half a surrogate pair would arrive as a replacement character.
    if (end < data.length && isHighSurrogate(data.charCodeAt(end - 1))) end -= 1;
    yield data.slice(start, end);
    start = end;
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
