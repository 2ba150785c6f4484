/**
 * Records one terminal, beside it and never in its way: what the disk does not take is left out.
 *
 *   output -> text -> events that wait -(each second, or when it is much)-> masked -> lines -> file
 *
 * When a file is full, and after output was left out, a new one begins with the screen as it is then. The screen is
 * taken in the mirror's order; what is said meanwhile waits behind it:
 *
 *   'recording' -> full -> 'joining' (waits for the screen) -> 'recording'
 *        '-> left out -> 'paused' (waits for time) -> 'joining'
 *
 * One that another process goes on with begins a new file there, as if the last one had been full.
 */
import { type Clock, sleep } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import type {
  TerminalExit,
  TerminalRecording,
  TerminalSize,
} from '../../features/terminals/ports.ts';
import type { Screen } from '../mirror.ts';
import { Allowance } from './allowance.ts';
import {
  type CastEvent,
  type EventCode,
  eventLine,
  headerLine,
  type PartHeader,
  sizeText,
  toPieces,
} from './cast-format.ts';
import {
  eventChars,
  joinMs,
  lastWriteMs,
  maxWaitingChars,
  partBytes,
  retryMs,
  writeChars,
  writeMs,
} from './limits.ts';
import type { RecordedAt } from './last-screen.ts';
import { PartWriter } from './part-writer.ts';
import { diskFiles, type RecordingFiles } from './recording-files.ts';
import { maskSecrets, SecretMask } from './secrets.ts';
import { OutputText } from './utf8.ts';

export interface RecorderOptions {
  readonly recording: TerminalRecording;
  readonly size: TerminalSize;
  readonly clock: Clock;
  readonly log: Logger;
  /** Default: the disk. */
  readonly files?: RecordingFiles | undefined;
  /** The screen after everything that was recorded until now; undefined when the terminal goes away before. */
  takeScreen(onTaken: (screen: Screen | undefined) => void): void;
  /** What the output has begun and not finished: no screen has it. */
  tail(): Uint8Array;
  /** It goes on from there, from `goOn`. */
  from?: RecorderState | undefined;
}

/** All that is needed to go on with a recording. */
export interface RecorderState {
  /** When it began, Unix ms, and how long ago that was at `atMs`. */
  readonly startMs: number;
  readonly elapsedMs: number;
  readonly atMs: number;
  /** Of the last file. */
  readonly part: number;
  /** Why output is missing after that; undefined when none is. */
  readonly missing: string | undefined;
  /** Of output that came last, for secrets that were cut. */
  readonly before: string;
  readonly leftBytes: number;
}

interface Joint {
  readonly screen: Screen;
  readonly tail: string;
  readonly atMs: number;
  /** Why output before it is missing; undefined when none is. */
  readonly missing: string | undefined;
}

/** Less than this after the screen that it begins with, in bytes, and a file is not full. */
const leastAfterScreen = partBytes / 8;

export class Recorder {
  private readonly options: RecorderOptions;
  private readonly begun: { readonly ms: number; readonly elapsedMs: number };
  private readonly text = new OutputText();
  private readonly mask: SecretMask;
  private readonly allowance: Allowance;
  private state: 'recording' | 'joining' | 'paused' | 'ended' = 'recording';
  private isSuspended: boolean;
  private missing: string | undefined;
  private part: PartWriter;
  private number: number;
  /** What the next write begins with. */
  private head: string;
  /** When the file begins, since the recording did. */
  private partMs = 0;
  private fullBytes = partBytes;
  /** The screen that a file begins with may wait besides. */
  private mostWaitingChars = maxWaitingChars;
  private waiting: Array<{ atMs: number; code: EventCode; text: string }> = [];
  private waitingChars = 0;
  private cancelTimer: (() => void) | undefined;
  /** A screen that was asked for before it changed is not wanted any more. */
  private joint = 0;
  private retryMs = retryMs.first;
  private isTold = false;

  constructor(options: RecorderOptions) {
    const { clock, size, from } = options;
    this.options = options;
    this.begun = beginningOf(clock, from);
    this.allowance = new Allowance(clock, from?.leftBytes);
    this.mask = new SecretMask(from?.before);
    this.number = from?.part ?? 1;
    this.missing = from?.missing;
    this.isSuspended = from !== undefined;
    if (this.isSuspended) this.state = 'paused';
    this.part = this.startPart();
    this.head = headerLine(this.header(size, { screenBytes: 0 }));
  }

  /** What its files are found by. */
  get recordedAt(): RecordedAt {
    const { folder, name } = this.options.recording;
    return { folder, name, startMs: Math.floor(this.begun.ms) };
  }

  output(bytes: Uint8Array): void {
    if (!this.isGoing()) return;
    if (!this.allowance.take(bytes.length)) {
      this.flush();
      this.pause('more came than is recorded', this.allowance.waitMs());
    } else for (const piece of toPieces(this.text.push(bytes))) this.add('o', piece);
  }

  resize(size: TerminalSize): void {
    this.add('r', sizeText(size));
  }

  /** `screen`: the last one. Resolves when everything is on the disk, or after two seconds. Once. */
  end(screen: Screen, exit: TerminalExit): Promise<void> {
    const { missing } = this;
    if (this.state !== 'recording') {
      this.leaveOut();
      this.begin({ screen, tail: '', atMs: this.nowMs(), missing });
    }
    this.add('m', endingOf(exit));
    this.flush();
    this.state = 'ended';
    this.setTimer(undefined);
    return this.closed();
  }

  /** All until now is written, or will be; what comes is left out until `goOn`. */
  suspend(): RecorderState {
    this.flush();
    const { missing, number: part, begun, mask } = this;
    this.joint += 1;
    this.leaveOut();
    this.setTimer(undefined);
    this.state = 'paused';
    this.isSuspended = true;
    const { before } = mask;
    const [atMs, elapsedMs] = [this.options.clock.now(), this.nowMs()];
    const { left: leftBytes } = this.allowance;
    return { startMs: begun.ms, elapsedMs, atMs, part, missing, before, leftBytes };
  }

  /** What `suspend` was to write is on the disk, or has been given up. */
  suspended(): Promise<void> {
    return this.closed();
  }

  /** With a new file, and the screen as it is. */
  goOn(): void {
    if (!this.isSuspended) return;
    this.isSuspended = false;
    this.join(this.missing);
  }

  private async closed(): Promise<void> {
    const over = new AbortController();
    const limit = sleep(this.options.clock, lastWriteMs, over.signal);
    await Promise.race([this.part.close(), limit]);
    over.abort();
  }

  private isGoing(): boolean {
    return this.state === 'recording' || this.state === 'joining';
  }

  private add(code: EventCode, text: string): void {
    if (!this.isGoing()) return;
    const atMs = this.nowMs();
    const last = this.waiting.at(-1);
    const isOne = code === 'o' && last?.code === 'o' && atMs - last.atMs < joinMs;
    if (isOne && last.text.length + text.length <= eventChars) last.text += text;
    else this.waiting.push({ atMs, code, text });
    this.waitingChars += text.length;
    if (this.waitingChars + this.part.waitingChars > this.mostWaitingChars)
      this.pause('the disk is too slow', this.nextRetryMs());
    else if (this.state === 'recording' && this.waitingChars >= writeChars) this.flush();
    else if (this.state === 'recording' && this.cancelTimer === undefined)
      this.setTimer(() => this.flush(), writeMs);
  }

  private flush(): void {
    this.setTimer(undefined);
    if (this.state !== 'recording' || this.waiting.length === 0) return;
    const { waiting, head } = this;
    this.leaveOut();
    this.head = '';
    this.part.append(head + this.linesOf(waiting));
    if (this.part.sizeBytes >= this.fullBytes) this.join(undefined);
  }

  private linesOf(events: readonly CastEvent[]): string {
    const masked = this.options.recording.maskSecrets
      ? this.mask.mask(events.map(({ code, text }) => (code === 'o' ? text : '')))
      : [];
    const lines = events.map((event, at) => {
      const text = event.code === 'o' ? (masked[at] ?? event.text) : event.text;
      return eventLine({ ...event, text }, this.partMs);
    });
    return lines.join('');
  }

  /** Everything until now is written, or left out: what comes is for a new file. */
  private join(missing: string | undefined): void {
    void this.part.close();
    this.state = 'joining';
    this.missing = missing;
    this.text.reset();
    const tail = this.text.push(this.options.tail());
    const atMs = this.nowMs();
    const joint = ++this.joint;
    this.options.takeScreen((screen) => {
      if (screen !== undefined && joint === this.joint && this.state === 'joining')
        this.begin({ screen, tail, atMs, missing });
    });
  }

  private begin({ screen, tail, atMs, missing }: Joint): void {
    const { maskSecrets: isMasked } = this.options.recording;
    const data = isMasked ? maskSecrets(screen.data) : screen.data;
    const texts = [...toPieces(data), ...toPieces(tail)];
    this.state = 'recording';
    this.missing = undefined;
    this.partMs = atMs;
    this.head = '';
    this.number += 1;
    this.part = this.startPart();
    const lines = texts.map((text) => eventLine({ atMs, code: 'o', text }, atMs)).join('');
    const screenBytes = Buffer.byteLength(lines);
    this.part.append(headerLine(this.header(screen, { missing, screenBytes })) + lines);
    this.mostWaitingChars = maxWaitingChars + lines.length;
    this.fullBytes = Math.max(partBytes, this.part.sizeBytes + leastAfterScreen);
    if (missing !== undefined) this.add('m', `Output is missing: ${missing}`);
    this.setTimer(() => this.flush(), writeMs);
  }

  private pause(missing: string, forMs: number): void {
    this.joint += 1;
    this.leaveOut();
    void this.part.close();
    this.state = 'paused';
    this.missing = missing;
    this.setTimer(() => this.join(missing), forMs);
  }

  private failed(error: unknown): void {
    if (!this.isTold) {
      const { recording, log } = this.options;
      const fields = {
        terminal: recording.name,
        folder: recording.folder,
        reason: reasonOf(error),
      };
      log.warn(
        fields,
        'A terminal could not be recorded; it goes on, and is recorded again when it can be',
      );
      this.isTold = true;
    }
    if (this.isGoing()) this.pause(reasonFor(error), this.nextRetryMs());
  }

  private startPart(): PartWriter {
    const { files = diskFiles } = this.options;
    const { folder, ...key } = this.recordedAt;
    return new PartWriter({
      files,
      folder,
      key: { ...key, part: this.number },
      onWritten: () => {
        this.retryMs = retryMs.first;
      },
      onFailed: (error) => this.failed(error),
    });
  }

  private header(
    { cols, rows }: TerminalSize,
    rest: Pick<PartHeader, 'missing' | 'screenBytes'>,
  ): PartHeader {
    const { name } = this.options.recording;
    const startMs = this.begun.ms + this.partMs;
    return { cols, rows, title: name, startMs, atMs: Math.round(this.partMs), ...rest };
  }

  private leaveOut(): void {
    this.waiting = [];
    this.waitingChars = 0;
  }

  private nextRetryMs(): number {
    const next = this.retryMs;
    this.retryMs = Math.min(next * 2, retryMs.last);
    return next;
  }

  private setTimer(run: (() => void) | undefined, delayMs = 0): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (run === undefined) return;
    this.cancelTimer = this.options.clock.schedule(() => {
      this.cancelTimer = undefined;
      run();
    }, delayMs);
  }

  private nowMs(): number {
    return this.options.clock.elapsed() - this.begun.elapsedMs;
  }
}

function beginningOf(clock: Clock, from: RecorderState | undefined) {
  if (from === undefined) return { ms: clock.now(), elapsedMs: clock.elapsed() };
  const sinceMs = from.elapsedMs + Math.max(0, clock.now() - from.atMs);
  return { ms: from.startMs, elapsedMs: clock.elapsed() - sinceMs };
}

function endingOf({ exitCode, signal }: TerminalExit): string {
  return signal === null ? `Ended with exit code ${exitCode}` : `Ended by ${signal}`;
}

/** Without paths: a recording may be shown to others. */
function reasonFor(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk was full';
  return code === undefined ? 'the file was removed' : `the file could not be written (${code})`;
}
