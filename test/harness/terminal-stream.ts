// Output on its way to a mirror and to a viewer of it, as in the terminal host.

import { expect } from 'vitest';
import { systemClock } from '../../main/base/clock.ts';
import { Mirror, type Screen } from '../../main/terminal-host/mirror.ts';
import { SequenceTail } from '../../main/terminal-host/sequence-tail.ts';
import type { Happening } from './hostile-output.ts';
import { stateOf } from './terminal-states.ts';
import { ScreenViewer } from './terminals.ts';

const size = { cols: 30, rows: 8 };

/** Bytes in pieces as they come: cut anywhere. */
export function piecesOf(all: readonly Happening[], places: readonly number[]): Happening[] {
  const steps: Happening[] = [];
  for (const one of all) {
    if (!(one instanceof Uint8Array)) steps.push(one);
    else {
      const cut = (places[steps.length % places.length] ?? 0) % (one.length + 1);
      steps.push(one.subarray(0, cut), one.subarray(cut));
    }
  }
  return steps;
}

/** One viewer, that may fall behind and join anew. */
export class Stream {
  private readonly tail = new SequenceTail();
  private readonly viewer = new ScreenViewer(size);
  private isLive = false;
  readonly replies: string[] = [];
  private readonly mirror = new Mirror({
    ...size,
    clock: systemClock,
    onProgress() {},
    onReply: (data) => this.replies.push(data),
    onDefect(error) {
      throw error;
    },
  });

  async join(): Promise<void> {
    const screen = await new Promise<Screen | undefined>((resolve) =>
      this.mirror.screenInOrder(resolve),
    );
    if (screen) this.viewer.onRestore(screen);
    this.isLive = true;
    await this.expectSame('after the join');
    this.viewer.onData(this.tail.bytes());
  }

  lag(): void {
    this.isLive = false;
  }

  async happen(step: Happening): Promise<void> {
    if (step instanceof Uint8Array) {
      this.tail.push(step);
      this.mirror.write(step);
      if (this.isLive) this.viewer.onData(step);
    } else {
      this.mirror.resize(step.cols, step.rows);
      if (this.isLive) await this.join();
    }
  }

  async expectSame(when: string): Promise<void> {
    await Promise.all([this.mirror.settled(), this.viewer.parsed()]);
    if (this.isLive)
      expect(stateOf(this.viewer.terminal), when).toEqual(stateOf(this.mirror.terminal));
  }

  end(): void {
    this.mirror.dispose();
    this.viewer.terminal.dispose();
  }
}
