// Terminals without processes: the test plays the program, and sees what reached it.

import { musherError } from '../../../main/base/result.ts';
import type {
  TerminalAttachment,
  Terminals,
  TerminalViewer,
} from '../../../main/features/terminals/ports.ts';

export interface MemoryAttachment extends TerminalAttachment {
  readonly terminalId: string;
  readonly viewer: TerminalViewer;
  /** What reached it, in order: `input ls`, `resize 80x24`, `ack 12`. */
  readonly calls: string[];
}

export class MemoryTerminals implements Pick<Terminals, 'attach'> {
  readonly attached = new Set<MemoryAttachment>();
  readonly everAttached: MemoryAttachment[] = [];
  /** While set, attaching waits for it. */
  gate: Promise<void> | undefined;

  async attach(
    terminalId: string,
    size: { cols: number; rows: number },
    viewer: TerminalViewer,
  ): Promise<TerminalAttachment> {
    await this.gate;
    if (terminalId === 'gone.1') throw musherError('TERMINAL_GONE', { agent: 'gone' });
    const calls: string[] = [];
    const attachment: MemoryAttachment = {
      terminalId,
      viewer,
      calls,
      write: (data) => void calls.push(`input ${data}`),
      resize: (cols, rows) => void calls.push(`resize ${cols}x${rows}`),
      acknowledge: (bytes) => void calls.push(`ack ${bytes}`),
      detach: () => void this.attached.delete(attachment),
    };
    this.attached.add(attachment);
    this.everAttached.push(attachment);
    viewer.onRestore({ data: `screen of ${terminalId}`, ...size });
    return attachment;
  }
}
