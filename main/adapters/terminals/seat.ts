/**
 * One viewer at a terminal of the host, on a connection of its own. When that breaks and the terminal is still there, it
 * sits down again and gets the screen anew; else it is told the end. While the host changes, it keeps what is said here.
 */
import { MusherError, musherError } from '../../base/result.ts';
import type {
  TerminalAttachment,
  TerminalSize,
  TerminalViewer,
} from '../../features/terminals/ports.ts';
import type { Frame } from '../../terminal-host/process/frames.ts';
import type { Asked, FromViewer, ToViewer } from '../../terminal-host/process/messages.ts';
import type { Wire } from '../../terminal-host/process/wire.ts';

/** Of what is typed while the host changes, in characters; more is dropped, as a program that reads nothing drops it. */
const maxKeptLength = 4 * 1024 * 1024;

const maxTries = 5;

export interface SeatOptions {
  readonly id: string;
  readonly size: TerminalSize;
  readonly viewer: TerminalViewer;
  /** A fresh connection to the host that is there now. */
  link(): Promise<Wire>;
  /** Once: the viewer left, was told the end, or never got a seat. */
  onOver(): void;
}

export class Seat implements TerminalAttachment {
  private readonly options: SeatOptions;
  private size: TerminalSize;
  private wire: Wire | undefined;
  private isOver = false;
  private hasExited = false;
  private hasMoved = false;
  /** What is said while the host changes; undefined: it goes out at once. */
  private kept: FromViewer[] | undefined;
  private keptLength = 0;
  /** The host at this connection asked for that, and has not said how it went. */
  private isAsked = false;

  constructor(options: SeatOptions) {
    this.options = options;
    this.size = options.size;
  }

  /** Throws TERMINAL_GONE, and what a host that cannot be reached is refused with. */
  async begin(): Promise<void> {
    try {
      await this.sitDown();
    } catch (error) {
      this.finish();
      throw error;
    }
  }

  /** `tries`: a host that goes at that very moment says nothing, and the next one is there already. */
  private async sitDown(tries = maxTries): Promise<void> {
    const { id, viewer } = this.options;
    const wire = await this.options.link();
    if (this.isOver) {
      wire.destroy();
      return;
    }
    this.wire = wire;
    const attached = Promise.withResolvers<void>();
    const isWatching = viewer.isWatching === true;
    const { size } = this;
    const isBack = this.hasMoved || isWatching;
    this.isAsked = false;
    // What was parsed of the screen before is of no use to a new host.
    this.kept = this.kept?.filter((said) => !('parsed' in said));
    wire.send({
      attach: { id, size, colors: viewer.colors, isBack, isWatching, canHold: true },
    } satisfies Asked);
    wire.listen((frame) => this.take(frame, attached));
    void wire.closed.then(() => attached.reject(musherError('TERMINAL_HOST_LOST')));
    try {
      await attached.promise;
    } catch (error) {
      wire.destroy();
      if (isLost(error) && tries > 1 && !this.isOver) return this.sitDown(tries - 1);
      throw error;
    }
    void wire.closed.then(() => this.left());
  }

  write(data: string): void {
    this.say({ write: data });
  }

  resize(cols: number, rows: number): void {
    this.size = { cols, rows };
    this.say({ resize: this.size });
  }

  acknowledge(parsedBytes: number): void {
    this.say({ parsed: parsedBytes });
  }

  detach(): void {
    this.finish();
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.wire?.end();
    this.options.onOver();
  }

  private say(said: FromViewer): void {
    if (this.kept === undefined) this.wire?.send(said);
    else if (this.keptLength < maxKeptLength) {
      this.kept.push(said);
      this.keptLength += 'write' in said ? said.write.length : 1;
    }
  }

  private hold(): void {
    this.isAsked = true;
    this.wire?.send({ held: true } satisfies FromViewer);
    this.kept ??= [];
  }

  private goOn(): void {
    this.isAsked = false;
    const kept = this.kept ?? [];
    this.kept = undefined;
    this.keptLength = 0;
    for (const said of kept) this.say(said);
  }

  private moved(): void {
    this.hasMoved = true;
    this.kept ??= [];
  }

  private take({ head, body }: Frame, attached: PromiseWithResolvers<void>): void {
    const said = head as ToViewer;
    if (this.isOver && !('attached' in said)) return;
    const { viewer } = this.options;
    if ('data' in said) viewer.onData(body);
    else if ('restore' in said)
      viewer.onRestore({ data: Buffer.from(body).toString('utf8'), ...said.restore });
    else if ('exit' in said) {
      this.hasExited = true;
      viewer.onExit(said.exit);
    } else if ('error' in said) attached.reject(new MusherError(said.error));
    else if ('hold' in said) this.hold();
    else if ('goOn' in said) this.goOn();
    else if ('moved' in said) this.moved();
    else if ('attached' in said) {
      attached.resolve();
      // At once: the next word may be that the host changes again.
      this.hasMoved = false;
      if (!this.isAsked) this.goOn();
    }
  }

  /** The connection ended. Where that was not by us, and not after the end, the terminal may still be there. */
  private left(): void {
    if (this.isOver || this.hasExited) {
      this.finish();
      return;
    }
    this.sitDown().catch(() => {
      if (this.isOver) return;
      this.finish();
      this.options.viewer.onExit({ id: this.options.id, exitCode: null, signal: null });
    });
  }
}

function isLost(error: unknown): boolean {
  return error instanceof MusherError && error.wire.code === 'TERMINAL_HOST_LOST';
}
