/**
 * One running terminal: pty, mirror, viewers. The order of everything:
 *
 *   pty -> mirror (queue, in order with resizes and joins) -> answers to queries, whoever watches
 *      \-> batch -> live viewers                           -> the screen a joining viewer starts from
 *
 * A viewer that joins asks the mirror at the end of its queue; what the pty says from then on is held for it, so
 * its screen and its bytes meet at one exact place. A terminal that is frozen does the same for another process.
 */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError } from '../base/result.ts';
import { Batch } from './batch.ts';
import { Flow } from './flow.ts';
import type {
  KeyPress,
  TerminalAttachment,
  TerminalExit,
  TerminalInfo,
  TerminalRecording,
  TerminalSize,
  TerminalViewer,
} from '../features/terminals/ports.ts';
import { InputLane } from './input-lane.ts';
import { unreadMs } from './limits.ts';
import type { LastScreen } from './last-screens.ts';
import { Mirror, type Screen } from './mirror.ts';
import { toEscapedKeys } from './keyboard-flags.ts';
import { toPaste } from './paste.ts';
import type { ProgramExit, Pty, PtyHandlers } from './pty.ts';
import type { RecordedAt } from './recording/last-screen.ts';
import { Recorder } from './recording/recorder.ts';
import type { RecordingFiles } from './recording/recording-files.ts';
import { comesToScreen } from './shown.ts';
import { SequenceTail } from './sequence-tail.ts';
import type { FrozenTerminal, TerminalSnapshot } from './terminal-snapshot.ts';
import { Viewer } from './viewer.ts';
import { agentOf } from './terminal-id.ts';

export interface HostTerminalOptions {
  readonly id: string;
  readonly size: TerminalSize;
  /** Left out: it is not recorded. */
  readonly recording?: TerminalRecording | undefined;
  /** Its program at that size, or one that runs already; then it is frozen until `thaw`. */
  pty(size: TerminalSize, handlers: PtyHandlers): Pty;
  /** Where another process stopped. */
  readonly from?: FrozenTerminal | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where recordings are written; default: the disk. */
  readonly files?: RecordingFiles | undefined;
  /** Once, when the program has ended and its last output is on the screen. */
  onExit(screen: LastScreen): void;
}

/** Without what only the host knows. */
export type Unmarked = Omit<TerminalSnapshot, 'mark' | 'paused'>;

export class HostTerminal {
  private readonly options: HostTerminalOptions;
  private readonly pty: Pty;
  private readonly mirror: Mirror;
  private readonly tail = new SequenceTail();
  private readonly batch: Batch;
  private readonly flow: Flow;
  private readonly lane: InputLane;
  private readonly viewers = new Set<Viewer>();
  /** When the program last said anything, Unix ms. */
  lastOutputMs: number | undefined;
  private size: TerminalSize;
  private last: LastScreen | undefined;
  private isOver = false;
  /** Its screen is being given away: a key would come after it. */
  private isFrozen = false;
  private readonly recorder: Recorder | undefined;
  /** Its recording is on the disk, after `onExit`. */
  recorded: Promise<void> = Promise.resolve();

  constructor(options: HostTerminalOptions) {
    const { id, clock, log, from } = options;
    this.options = options;
    this.size = toSize(options.size);
    this.mirror = new Mirror({
      ...this.size,
      clock,
      onProgress: () => this.flow.check(),
      // It alone answers: of two pages that did, a program would take the second answer for typing.
      onReply: (data) => this.write(data),
      onDefect: (error) =>
        log.error({ terminal: id, error }, 'The mirror could not parse some output'),
    });
    this.batch = new Batch(clock, (bytes) => this.send(bytes));
    this.recorder = options.recording && this.startRecorder(options.recording);
    this.pty = options.pty(this.size, {
      onOutput: (bytes) => this.output(bytes),
      onExit: (exit) => this.exit({ id, ...exit }),
    });
    this.flow = new Flow({
      clock,
      unparsedBytes: () => this.unparsedBytes(),
      pause: () => this.pty.pause(),
      resume: () => this.pty.resume(),
      onHeldUp: () => this.dropDead(),
    });
    this.lane = new InputLane({
      clock,
      write: (data) => this.write(data),
      drained: () => this.pty.drained(),
      taken: () => this.pty.taken,
      discard: () => this.pty.discardInput(),
      onDropped: () => this.tellDropped(),
    });
    if (from !== undefined) this.goOnFrom(from);
  }

  get info(): TerminalInfo {
    return { id: this.options.id, pid: this.pty.pid, ...this.size };
  }

  /** Undefined when it is not recorded. */
  get recordedAt(): RecordedAt | undefined {
    return this.recorder?.recordedAt;
  }

  attach(size: TerminalSize, told: TerminalViewer): Promise<TerminalAttachment> {
    const viewer = new Viewer(told, size, this.options.clock);
    // One that was there before the host changed decides nothing anew.
    const isNew = !told.isBack && !told.isWatching;
    if (told.colors !== undefined && isNew) this.mirror.showIn(told.colors);
    this.viewers.add(viewer);
    if (isNew) this.resize(size, viewer);
    // One that ends meanwhile gives its last screen and its exit to whoever waits here.
    return new Promise((resolve) => {
      this.join(viewer, () => resolve(this.attachment(viewer)));
    });
  }

  /** Throws TERMINAL_GONE when the program ended before all was written, TERMINAL_UNREAD, TERMINAL_UNSHOWN. */
  async paste(text: string, enter: boolean): Promise<void> {
    const compose = async () => {
      await this.mirror.settled();
      const mustShow = this.mirror.hasBracketedPaste;
      const isThere = comesToScreen(text, this.mirror.text());
      const isShown = () => isThere(this.mirror.text());
      return { data: toPaste(text, mustShow), isShown, mustShow };
    };
    const outcome = await this.lane.paste(compose, enter);
    const agent = agentOf(this.options.id);
    if (outcome === 'ended') throw musherError('TERMINAL_GONE', { agent });
    if (outcome === 'unread')
      throw musherError('TERMINAL_UNREAD', { agent, seconds: unreadMs / 1000 });
    if (outcome === 'unshown') throw musherError('TERMINAL_UNSHOWN', { agent });
  }

  /** False when its screen is another one, or not all that it said is on it yet; nothing is written then. */
  async press({ keys, onScreen }: KeyPress): Promise<boolean> {
    await this.mirror.settled();
    const isThat = this.last === undefined && this.mirror.text() === onScreen;
    if (!isThat || this.mirror.unparsedBytes > 0 || this.lane.isBusy || this.isFrozen) return false;
    this.lane.type(this.mirror.hasEscapedKeys ? toEscapedKeys(keys) : keys);
    return true;
  }

  async text(): Promise<{ text: string; cols: number; rows: number }> {
    await this.mirror.settled();
    const { text, cols, rows } = this.last ?? { text: this.mirror.text(), ...this.mirror.size };
    return { text, cols, rows };
  }

  /** Its program is being ended: it must not hang in a write. */
  letGo(): void {
    this.flow.open();
  }

  /** Its master, while it can be given to another process. */
  get fd(): number | undefined {
    return this.isOver ? undefined : this.pty.fd;
  }

  /** A paste is under way. */
  get isBusy(): boolean {
    return this.lane.isBusy;
  }

  /** It reads and writes nothing until `thaw`; undefined when it ended meanwhile. */
  async freeze(): Promise<{ snapshot: Unmarked; screen: string } | undefined> {
    this.isFrozen = true;
    await this.pty.freeze();
    this.batch.flush();
    return new Promise((resolve) => {
      this.mirror.screenInOrder((screen) => resolve(screen && this.snapshotAt(screen)));
    });
  }

  /** What is still to be written of its recording is written, or has been given up. */
  async suspended(): Promise<void> {
    await this.recorder?.suspended();
  }

  thaw(): void {
    this.isFrozen = false;
    this.recorder?.goOn();
    this.pty.thaw();
  }

  /** Resolves when all that it was given is on its screen. */
  async settled(): Promise<void> {
    await this.mirror.settled();
  }

  /** Frozen before: another process goes on with it. How its program ends, if that is a child of this one. */
  release(): Promise<ProgramExit> | undefined {
    this.isOver = true;
    this.lane.end();
    this.flow.open();
    for (const viewer of this.viewers) viewer.state = 'gone';
    this.viewers.clear();
    this.mirror.dispose();
    return this.pty.release();
  }

  private snapshotAt({ data, cols, rows }: Screen) {
    const { id, recording: to } = this.options;
    const from = this.recorder?.suspend();
    const snapshot = {
      ...{ id, pid: this.pty.pid, cols, rows },
      lastOutputMs: this.lastOutputMs,
      colors: this.mirror.shownIn,
      tail: Buffer.from(this.tail.bytes()).toString('base64'),
      input: Buffer.from(this.pty.waitingInput()).toString('base64'),
      recording: to && from && { to, from },
    };
    return { snapshot, screen: data };
  }

  private goOnFrom({ snapshot, screen }: FrozenTerminal): void {
    this.lastOutputMs = snapshot.lastOutputMs;
    this.mirror.showIn(snapshot.colors);
    this.mirror.write(Buffer.from(screen));
    const tail = Buffer.from(snapshot.tail, 'base64');
    if (tail.length === 0) return;
    this.tail.push(tail);
    this.mirror.write(tail);
  }

  private attachment(viewer: Viewer): TerminalAttachment {
    const isHere = () => this.viewers.has(viewer);
    return {
      write: (data) => {
        if (isHere() && !viewer.isWatching) this.lane.type(data);
      },
      resize: (cols, rows) => {
        if (isHere() && !viewer.isWatching) this.resize({ cols, rows }, viewer);
      },
      acknowledge: (parsedBytes) => this.acknowledge(viewer, parsedBytes),
      detach: () => this.detach(viewer),
    };
  }

  private startRecorder(recording: TerminalRecording): Recorder {
    const { clock, log, files } = this.options;
    return new Recorder({
      recording,
      size: this.size,
      clock,
      log,
      files,
      from: this.options.from?.snapshot.recording?.from,
      takeScreen: (onTaken) => this.mirror.screenInOrder(onTaken),
      tail: () => this.tail.bytes(),
    });
  }

  private output(bytes: Uint8Array): void {
    this.lastOutputMs = this.options.clock.now();
    this.tail.push(bytes);
    this.mirror.write(bytes);
    this.recorder?.output(bytes);
    for (const viewer of this.viewers) if (viewer.state === 'joining') viewer.hold(bytes);
    this.batch.push(bytes);
    this.flow.check();
  }

  private send(bytes: Uint8Array): void {
    for (const viewer of this.viewers) if (viewer.state === 'live') viewer.send(bytes);
    this.flow.check();
  }

  private join(viewer: Viewer, onDone: () => void = () => {}): void {
    // What is collected belongs before the joint.
    this.batch.flush();
    viewer.join(this.tail.bytes());
    this.mirror.screenInOrder((screen) => {
      const isWanted = screen !== undefined && viewer.state === 'joining';
      // Resized while it was taken: what comes next is for the new size.
      if (isWanted && !isSameSize(screen, this.size)) this.join(viewer, onDone);
      else {
        if (isWanted) this.show(viewer, screen);
        onDone();
      }
    }, viewer.screenBytes);
  }

  private show(viewer: Viewer, screen: Screen): void {
    this.batch.flush();
    viewer.goLive(screen);
    this.flow.check();
  }

  private acknowledge(viewer: Viewer, parsedBytes: number): void {
    viewer.acknowledge(parsedBytes);
    if (viewer.canRejoin()) this.join(viewer);
    this.flow.check();
  }

  private detach(viewer: Viewer): void {
    viewer.state = 'gone';
    if (!this.viewers.delete(viewer)) return;
    const newest = [...this.viewers].findLast(({ isWatching }) => !isWatching);
    if (newest) this.resize(newest.size, newest);
    this.flow.check();
  }

  /**
   * The last who said a size decides; the others get the screen anew, for theirs would not fit the output. So does who said
   * it while output was on its way there: that was laid out for the size before here, and for the new one there. What was
   * parsed there before is acknowledged before.
   */
  private resize(size: TerminalSize, by: Viewer): void {
    const { cols, rows } = toSize(size);
    by.size = { cols, rows };
    if (isSameSize(by.size, this.size)) return;
    this.size = { cols, rows };
    this.batch.flush();
    this.pty.resize(cols, rows);
    this.mirror.resize(cols, rows);
    this.recorder?.resize(this.size);
    for (const viewer of this.viewers) {
      const isFitting = viewer === by && viewer.unparsedBytes === 0;
      if (viewer.state === 'live' && !isFitting) this.join(viewer);
    }
  }

  private write(data: string): void {
    this.batch.expectEcho();
    if (!this.pty.write(data)) this.tellDropped();
  }

  private tellDropped(): void {
    this.options.log.warn({ terminal: this.info.id }, 'Input was dropped: the program reads none');
  }

  private unparsedBytes(): number {
    let most = this.mirror.unparsedBytes;
    for (const viewer of this.viewers)
      if (!viewer.isWatching) most = Math.max(most, viewer.unparsedBytes);
    return most;
  }

  private dropDead(): void {
    for (const viewer of this.viewers) {
      if (viewer.isWatching || !viewer.isDead()) continue;
      this.options.log.warn(
        { terminal: this.info.id },
        'A viewer parses nothing; the program goes on without it',
      );
      viewer.lag();
    }
  }

  private exit(exit: TerminalExit): void {
    this.isOver = true;
    this.lane.end();
    this.flow.open();
    this.batch.flush();
    this.mirror.screenInOrder((screen) => {
      if (screen === undefined) return;
      const last = { ...screen, text: this.mirror.text(), exit };
      this.last = last;
      for (const viewer of this.viewers) viewer.exit(last, exit);
      this.viewers.clear();
      if (this.recorder) this.recorded = this.recorder.end(last, exit);
      this.mirror.dispose();
      this.options.onExit(last);
    });
  }
}

/** A screen has at least two columns, for a wide character. */
function toSize({ cols, rows }: TerminalSize): TerminalSize {
  return { cols: Math.max(2, cols), rows: Math.max(1, rows) };
}

function isSameSize(a: TerminalSize, b: TerminalSize): boolean {
  return a.cols === b.cols && a.rows === b.rows;
}
