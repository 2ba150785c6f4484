/** All that another process needs to go on with a terminal, at one exact byte of its output. */
import type { TerminalColors } from '../../preload/contract/bridge.ts';
import type { TerminalRecording, TerminalSize } from '../features/terminals/ports.ts';
import type { PausedState } from './pause-tree.ts';
import type { RecorderState } from './recording/recorder.ts';

export interface TerminalSnapshot extends TerminalSize {
  readonly id: string;
  readonly pid: number;
  /** In the environment of its processes. */
  readonly mark: string;
  /** When its program last said anything, Unix ms. */
  readonly lastOutputMs?: number | undefined;
  /** What programs that ask are told. */
  readonly colors: TerminalColors;
  /** What the output has begun and not finished, base64. */
  readonly tail: string;
  /** What was typed and the kernel has not taken, base64. */
  readonly input: string;
  /** Left out: it is not recorded. */
  readonly recording?: { readonly to: TerminalRecording; readonly from: RecorderState } | undefined;
  /** Left out: it is not held. */
  readonly paused?: PausedState | undefined;
}

/** With the whole screen, before `tail`, for a reset terminal of that size. */
export interface FrozenTerminal {
  readonly snapshot: TerminalSnapshot;
  readonly screen: string;
}
