// A terminal host with real ptys, viewers that parse as a page does, and the end of both.

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { Terminal } from '@xterm/headless';
import { applyCellWidths } from '../../preload/contract/cell-width.ts';
import { type Clock, systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type {
  RestoredScreen,
  TerminalAttachment,
  TerminalExit,
  TerminalSpec,
  Terminals,
  TerminalViewer,
} from '../../main/features/terminals/ports.ts';
import { createHeadless } from '../../main/terminal-host/headless.ts';
import { createTerminalHost } from '../../main/terminal-host/host.ts';
import { guardParser, resetBytes } from '../../preload/contract/xterm/guard.ts';

const size = { cols: 80, rows: 24 };

/** Time that runs `factor` times as fast, for what the code lets happen only after long. */
export function fastClock(factor: number): Clock {
  return {
    now: () => systemClock.now() * factor,
    elapsed: () => systemClock.elapsed() * factor,
    schedule: (fn, delayMs) => systemClock.schedule(fn, delayMs / factor),
    soon: (fn) => systemClock.soon(fn),
  };
}

export function createTestHost(clock: Clock = systemClock): Terminals {
  return createTerminalHost({ clock, log: silentLogger, hostId: randomUUID() });
}

/** A spec that runs a script of `test/fixtures/agents`. */
export function agentSpec(id: string, script: string, ...args: string[]): TerminalSpec {
  const file = fileURLToPath(new URL(`../fixtures/agents/${script}.mjs`, import.meta.url));
  return commandSpec(id, process.execPath, file, ...args);
}

export function commandSpec(id: string, program: string, ...args: string[]): TerminalSpec {
  const env = { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', COLORTERM: 'truecolor' };
  return { id, program, args, cwd: process.cwd(), env, ...size };
}

export interface ScreenViewerOptions {
  /** `parses`: as fast as it can; `deaf`: takes everything and parses nothing. */
  mode?: 'parses' | 'deaf';
  cols?: number;
  rows?: number;
}

/** What a page does with its terminal, on a headless one. */
export class ScreenViewer implements TerminalViewer {
  readonly terminal: Terminal;
  mode: 'parses' | 'deaf';
  /** All live output as text. */
  output = '';
  restores = 0;
  /** Screens that said output was left out before them. */
  skips = 0;
  receivedBytes = 0;
  parsedBytes = 0;
  exit: TerminalExit | undefined;
  attachment: TerminalAttachment | undefined;
  /** When each piece of output came. */
  private readonly decoder = new TextDecoder();
  /** Which restore the bytes belong to: only those of the newest count. */
  private screen = 0;
  /** What came while it was deaf, in order. */
  private later: Array<() => void> = [];

  constructor({ mode = 'parses', cols = size.cols, rows = size.rows }: ScreenViewerOptions = {}) {
    this.mode = mode;
    this.terminal = createHeadless({ cols, rows, scrollback: 5000, allowProposedApi: true });
    applyCellWidths(this.terminal, new Unicode11Addon());
    guardParser(this.terminal, () => {});
  }

  static async attach(
    host: Terminals,
    id: string,
    options: ScreenViewerOptions = {},
  ): Promise<ScreenViewer> {
    const viewer = new ScreenViewer(options);
    const { cols, rows } = viewer.terminal;
    viewer.attachment = await host.attach(id, { cols, rows }, viewer);
    viewer.report();
    return viewer;
  }

  onRestore({ data, cols, rows, hasSkipped }: RestoredScreen): void {
    this.restores++;
    if (hasSkipped) this.skips++;
    this.inTurn(() => {
      this.parsedBytes = 0;
      this.screen++;
      this.terminal.write(resetBytes, () => this.terminal.resize(cols, rows));
      this.terminal.write(data);
    });
  }

  onData(bytes: Uint8Array): void {
    this.receivedBytes += bytes.length;
    this.output += this.decoder.decode(bytes, { stream: true });
    this.inTurn(() => this.parse(bytes));
  }

  onExit(exit: TerminalExit): void {
    this.exit = exit;
  }

  type(data: string): void {
    this.attachment?.write(data);
  }

  wakeUp(): void {
    this.mode = 'parses';
    for (const run of this.later.splice(0)) run();
  }

  /** Everything received has been parsed. */
  parsed(): Promise<void> {
    return new Promise((resolve) => this.terminal.write('', resolve));
  }

  text(): string {
    const { active } = this.terminal.buffer;
    const lines = Array.from({ length: this.terminal.rows }, (_, row) =>
      active.getLine(active.baseY + row)?.translateToString(true),
    );
    return lines.join('\n').trimEnd();
  }

  private inTurn(run: () => void): void {
    if (this.mode === 'parses') run();
    else this.later.push(run);
  }

  private parse(bytes: Uint8Array): void {
    const { screen } = this;
    this.terminal.write(bytes, () => {
      if (screen !== this.screen) return;
      this.parsedBytes += bytes.length;
      this.report();
    });
  }

  private report(): void {
    this.attachment?.acknowledge(this.parsedBytes);
  }
}

/** False when no process has this number, or only a dead one that nobody collected. */
export async function isAlive(pid: number): Promise<boolean> {
  const { listProcesses } = await import('../../main/terminal-host/process-list.ts');
  return (await listProcesses()).some((row) => row.pid === pid);
}
