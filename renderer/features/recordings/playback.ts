/**
 * Plays a recording on a screen: pages of it come as they are needed and go when they were shown, two at the most. Time
 * comes in by `tick`; a place far away begins with the part before it, which has the whole screen. Knows no React.
 */
import type { RecordedEvent, RecordingPlace } from '../../../preload/contract/recordings.ts';
import { idleLimitMs, parseSize, partAt, type PlayedPart, type Size } from './timeline.ts';

export interface RecordingPage {
  readonly events: readonly RecordedEvent[];
  readonly size: Size;
  readonly next?: RecordingPlace | undefined;
}

export interface PlaybackScreen {
  /** Empty, at this size. */
  reset(size: Size): void;
  resize(size: Size): void;
  /** Resolves when it shows. */
  write(text: string): Promise<void>;
}

export interface PlaybackOptions {
  readonly parts: readonly PlayedPart[];
  readonly durationMs: number;
  readonly screen: PlaybackScreen;
  /** Rejects with what is wrong. */
  readPage(from: RecordingPlace): Promise<RecordingPage>;
  onChange(): void;
  onError(error: unknown): void;
}

/** What the screen is given at once: more would hold the page up. */
const batchChars = 256 * 1024;

export class Playback {
  positionMs = 0;
  isPlaying = false;
  speed = 1;
  cutsIdle = true;
  /** It is on its way to a place, or waits for a page. */
  isBusy = true;
  private readonly options: PlaybackOptions;
  /** What is to come next, from `at` on. */
  private events: readonly RecordedEvent[] = [];
  private at = 0;
  private next: RecordingPlace | undefined;
  private ahead: Promise<RecordingPage> | undefined;
  /** Until when the screen has everything. */
  private shownMs = 0;
  private shownPart = 0;
  private isDrawing = false;
  /** Who waits for the screen to be drawn. */
  private readonly waiting: Array<() => void> = [];
  /** The newest wish; what is under way for an older one ends. */
  private wish = 0;

  constructor(options: PlaybackOptions) {
    this.options = options;
  }

  get isAtEnd(): boolean {
    return this.positionMs >= this.options.durationMs;
  }

  play(): void {
    if (this.isAtEnd) void this.seek(0);
    this.isPlaying = true;
    this.options.onChange();
  }

  pause(): void {
    this.isPlaying = false;
    this.options.onChange();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.options.onChange();
  }

  toggleIdle(): void {
    this.cutsIdle = !this.cutsIdle;
    this.options.onChange();
  }

  /** So many milliseconds went by. */
  tick(elapsedMs: number): void {
    if (!this.isPlaying || this.isBusy || this.isDrawing) return;
    this.positionMs = Math.min(this.positionMs + elapsedMs * this.speed, this.options.durationMs);
    const nextMs = this.events[this.at]?.atMs;
    const isIdle = nextMs !== undefined && this.positionMs - this.shownMs >= idleLimitMs;
    if (this.cutsIdle && isIdle) this.positionMs = Math.max(this.positionMs, nextMs);
    void this.show(this.wish);
    if (this.isAtEnd) this.isPlaying = false;
    this.options.onChange();
  }

  /** Resolves when it shows, or when another place was wished for. */
  async seek(toMs: number): Promise<void> {
    const wish = ++this.wish;
    this.positionMs = Math.min(Math.max(toMs, 0), this.options.durationMs);
    this.isBusy = true;
    this.options.onChange();
    const part = partAt(this.options.parts, this.positionMs);
    const isAhead = this.positionMs >= this.shownMs && part.part === this.shownPart;
    if (!isAhead) this.goTo({ part: part.part, at: 0 }, part.atMs);
    await this.show(wish);
  }

  private goTo(place: RecordingPlace, atMs: number): void {
    this.events = [];
    this.at = 0;
    this.next = place;
    this.ahead = undefined;
    this.shownMs = atMs;
  }

  /** Brings the screen to where it should be. */
  private async show(wish: number): Promise<void> {
    if (this.isDrawing) await this.drawn();
    if (wish !== this.wish) return;
    this.isDrawing = true;
    try {
      while (wish === this.wish && (await this.hasMore(wish))) await this.draw();
      if (wish === this.wish) this.isBusy = false;
    } catch (error) {
      if (wish === this.wish) this.fail(error);
    } finally {
      this.isDrawing = false;
      for (const tell of this.waiting.splice(0)) tell();
    }
    this.options.onChange();
  }

  private fail(error: unknown): void {
    this.isPlaying = false;
    this.isBusy = false;
    this.ahead = undefined;
    this.options.onError(error);
  }

  private drawn(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** True when there is an event that the position has reached; reads on where a page ends. */
  private async hasMore(wish: number): Promise<boolean> {
    while (this.at >= this.events.length) {
      if (this.next === undefined) return false;
      const from = this.next;
      const page = await (this.ahead ?? this.read(from));
      if (wish !== this.wish) return false;
      this.take(from, page);
    }
    const atMs = this.events[this.at]?.atMs;
    return atMs !== undefined && atMs <= this.positionMs;
  }

  private take(from: RecordingPlace, page: RecordingPage): void {
    if (from.at === 0) this.options.screen.reset(page.size);
    this.shownPart = from.part;
    this.events = page.events;
    this.at = 0;
    this.next = page.next;
    this.ahead = page.next && this.read(page.next);
    // Asked for ahead of its time: told when it is its turn.
    this.ahead?.catch(() => undefined);
  }

  private read(from: RecordingPlace): Promise<RecordingPage> {
    return this.options.readPage(from);
  }

  private async draw(): Promise<void> {
    const { screen } = this.options;
    let text = '';
    for (; this.at < this.events.length && text.length < batchChars; this.at++) {
      const event = this.events[this.at];
      if (event === undefined || event.atMs > this.positionMs) break;
      const { atMs, code, text: data } = event;
      this.shownMs = atMs;
      if (code === 'o') text += data;
      const size = code === 'r' ? parseSize(data) : undefined;
      if (size === undefined) continue;
      await screen.write(text);
      text = '';
      screen.resize(size);
    }
    await screen.write(text);
  }
}
