/**
 * One viewer at a terminal of the host, on a connection of its own. When that breaks and the terminal is still there, it
 * sits down again and gets the screen anew; else it is told the end.
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

  private async sitDown(): Promise<void> {
    const { id, viewer } = this.options;
    const wire = await this.options.link();
    if (this.isOver) {
      wire.destroy();
      return;
    }
    this.wire = wire;
    const attached = Promise.withResolvers<void>();
    wire.send({ attach: { id, size: this.size, colors: viewer.colors } } satisfies Asked);
    wire.listen((frame) => this.take(frame, attached));
    void wire.closed.then(() => attached.reject(musherError('TERMINAL_HOST_LOST')));
    try {
      await attached.promise;
    } catch (error) {
      wire.destroy();
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
    this.wire?.send(said);
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
    else attached.resolve();
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
