/** The terminals that one page has attached: bounded, and detached whatever ends first, page or attachment. */
import type { ClientFrame, ServerFrame } from '../../preload/contract/bridge.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { TerminalAttachment, Terminals, TerminalViewer } from '../features/terminals/ports.ts';

/** More than fit on any screen; each may hold 256 KiB of unparsed output. */
export const maxAttachments = 64;

/** Characters typed before the attachment stands that are kept for it. */
const maxEarlyInput = 1024 * 1024;
/** Frames kept likewise; a resize or an ack weighs nothing but is not free. */
const maxEarlyFrames = 256;

type OpenFrame = Extract<ClientFrame, { k: 'term.open' }>;
export type TerminalFrame = Extract<ClientFrame, { k: `term.${string}` }>;
type AttachedFrame = Exclude<TerminalFrame, { k: 'term.open' | 'term.close' }>;

export interface SessionTerminalsOptions {
  readonly terminals: Pick<Terminals, 'attach'>;
  send(frame: ServerFrame): void;
  toError(thrown: unknown, about: object): WireError;
}

export interface SessionTerminals {
  /** False when the page opened a number that is still open. */
  handle(frame: TerminalFrame): boolean;
  close(): void;
}

/** One `ch`. Its place in the map is its life: what is no longer there neither sends nor is sent to. */
interface Seat {
  attachment?: TerminalAttachment;
  /** What was asked while `attach` was under way, in order. */
  early: AttachedFrame[];
  earlyInput: number;
}

export function createSessionTerminals(options: SessionTerminalsOptions): SessionTerminals {
  const seats = new Map<number, Seat>();
  return {
    handle(frame) {
      if (frame.k === 'term.open') return open(options, seats, frame);
      if (frame.k === 'term.close') leave(options, seats, frame.ch);
      else pass(options, seats, frame);
      return true;
    },
    close() {
      for (const ch of [...seats.keys()]) leave(options, seats, ch);
    },
  };
}

function open(
  options: SessionTerminalsOptions,
  seats: Map<number, Seat>,
  frame: OpenFrame,
): boolean {
  if (seats.has(frame.ch)) return false;
  if (seats.size < maxAttachments) {
    const seat: Seat = { early: [], earlyInput: 0 };
    seats.set(frame.ch, seat);
    void attach(options, { seats, seat, frame });
    return true;
  }
  const reason = `This page has ${maxAttachments} terminals open, the limit`;
  options.send({ k: 'term.error', ch: frame.ch, error: toWireError('BAD_REQUEST', { reason }) });
  return true;
}

interface Place {
  readonly seats: Map<number, Seat>;
  readonly seat: Seat;
  readonly frame: OpenFrame;
}

async function attach(options: SessionTerminalsOptions, place: Place): Promise<void> {
  const { ch, terminalId, cols, rows, colors } = place.frame;
  const isOurs = () => place.seats.get(ch) === place.seat;
  const told = viewerOf(ch, (frame) => isOurs() && options.send(frame));
  const fail = (error: WireError) => {
    if (!isOurs()) return;
    leave(options, place.seats, ch);
    options.send({ k: 'term.error', ch, error });
  };
  const viewer = { ...told, colors, onFailed: fail };
  try {
    const attachment = await options.terminals.attach(terminalId, { cols, rows }, viewer);
    // The page may have closed it, or gone, while this was under way.
    if (!isOurs()) {
      attachment.detach();
      return;
    }
    place.seat.attachment = attachment;
    for (const frame of place.seat.early.splice(0)) apply(attachment, frame);
  } catch (thrown) {
    fail(options.toError(thrown, { ch, terminalId }));
  }
}

function viewerOf(ch: number, send: (frame: ServerFrame) => void): TerminalViewer {
  return {
    onRestore: (screen) => send({ k: 'term.restore', ch, ...screen }),
    onData: (bytes) => send({ k: 'term.data', ch, bytes }),
    onExit: ({ exitCode, signal }) => send({ k: 'term.exit', ch, exitCode, signal }),
    onStalled: () => send({ k: 'term.stalled', ch }),
  };
}

function pass(
  options: SessionTerminalsOptions,
  seats: Map<number, Seat>,
  frame: AttachedFrame,
): void {
  const seat = seats.get(frame.ch);
  // Sent before the page learnt that the attachment is over.
  if (seat === undefined) return;
  if (seat.attachment !== undefined) apply(seat.attachment, frame);
  else if (!holdBack(seat, frame)) {
    leave(options, seats, frame.ch);
    const error = toWireError('BAD_REQUEST', { reason: 'Too much was typed before it was open' });
    options.send({ k: 'term.error', ch: frame.ch, error });
  }
}

/** Keeps the frame until the attachment stands; false when that would be too much. */
function holdBack(seat: Seat, frame: AttachedFrame): boolean {
  seat.early.push(frame);
  seat.earlyInput += frame.k === 'term.input' ? frame.data.length : 0;
  return seat.early.length <= maxEarlyFrames && seat.earlyInput <= maxEarlyInput;
}

function apply(attachment: TerminalAttachment, frame: AttachedFrame): void {
  if (frame.k === 'term.input') attachment.write(frame.data);
  else if (frame.k === 'term.resize') attachment.resize(frame.cols, frame.rows);
  else attachment.acknowledge(frame.parsedBytes);
}

/** Never throws: one attachment that does not detach must not keep the others from it. */
function leave(options: SessionTerminalsOptions, seats: Map<number, Seat>, ch: number): void {
  const seat = seats.get(ch);
  seats.delete(ch);
  try {
    seat?.attachment?.detach();
  } catch (thrown) {
    options.toError(thrown, { ch });
  }
}
