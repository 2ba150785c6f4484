// Commands that run to their end, played: a test tells how each ends, or leaves it running.

import { createHash } from 'node:crypto';
import type {
  CommandEnd,
  CommandRun,
  CommandRuns,
  TerminalSpec,
} from '../../main/features/terminals/ports.ts';

export const hashed = (words: string) => createHash('sha256').update(words).digest('hex');

export class PlayedRuns implements CommandRuns {
  /** What was run, by the ids of the terminals. */
  readonly ran = new Map<string, Omit<TerminalSpec, 'id'>>();
  readonly asked: CommandRun[] = [];
  readonly cuts: string[] = [];
  /** How the next ones end; `hang`: not before it is cut or told. Default: with code 0. */
  ends: Array<CommandEnd | 'hang'> = [];
  private readonly hanging = new Map<string, (end: CommandEnd) => void>();

  async run(run: CommandRun): Promise<CommandEnd> {
    this.asked.push(run);
    this.ran.set(run.id, await run.spec());
    const end = this.ends.shift() ?? { how: 'exited', code: 0, signal: null };
    if (end !== 'hang') return end;
    return new Promise((resolve, reject) => {
      this.hanging.set(run.id, resolve);
      run.signal.addEventListener('abort', () => reject(run.signal.reason));
    });
  }

  async cut(id: string) {
    this.cuts.push(id);
    this.tell(id, { how: 'cut' });
  }

  tell(id: string, end: CommandEnd) {
    this.hanging.get(id)?.(end);
    this.hanging.delete(id);
  }
}
