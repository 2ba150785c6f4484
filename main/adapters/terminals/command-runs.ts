/**
 * Commands that run to their end, each in a terminal of its own. A hub that comes later finds one by its id: it still
 * runs, or the host knows how it ended.
 */
import type { Clock } from '../../base/clock.ts';
import type {
  CommandEnd,
  CommandRun,
  CommandRuns,
  TerminalExit,
  Terminals,
} from '../../features/terminals/ports.ts';

type Host = Pick<Terminals, 'open' | 'list' | 'ended' | 'end' | 'onExit'>;

/** How long a command may take to end by itself before it is killed, milliseconds. */
const graceMs = 5_000;
/** Of what was cut before it was begun; more than agents can be stopped at once. */
const mostEarly = 500;

export function createCommandRuns(host: Host, clock: Clock): CommandRuns {
  const cutters = new Map<string, () => Promise<void>>();
  const early = new Set<string>();
  return {
    async run(run) {
      if (early.delete(run.id)) return { how: 'cut' };
      const waited = new Waited(host, run.id);
      cutters.set(run.id, () => waited.end('cut'));
      const late = (run.sinceMs ?? clock.now()) + run.timeoutMs - clock.now();
      // A timer takes no more than 2^31 ms; the config allows a day.
      const cancel = clock.schedule(() => void waited.end('timeout'), Math.max(0, late));
      const onAbort = () => waited.fail(run.signal.reason);
      run.signal.addEventListener('abort', onAbort);
      if (run.signal.aborted) onAbort();
      try {
        begin(host, run, waited).catch((error: unknown) => waited.fail(error));
        return await waited.over;
      } finally {
        run.signal.removeEventListener('abort', onAbort);
        cancel();
        waited.leave();
        cutters.delete(run.id);
      }
    },
    async cut(id) {
      const cutter = cutters.get(id);
      if (cutter !== undefined) return cutter();
      early.add(id);
      const [oldest] = early;
      if (early.size > mostEarly && oldest !== undefined) early.delete(oldest);
      await host.end(id, graceMs);
    },
  };
}

async function begin(host: Host, run: CommandRun, waited: Waited): Promise<void> {
  if ((await host.list()).some(({ id }) => id === run.id)) return;
  const ended = (await host.ended()).findLast(({ id }) => id === run.id);
  if (ended !== undefined) return waited.exited(ended);
  const spec = await run.spec();
  if (waited.isOver) return;
  await host.open({ ...spec, id: run.id });
  // It was cut, or its time was over, while it was being opened.
  if (waited.why !== undefined) await waited.end(waited.why);
}

/** The end of one command, whatever comes first. */
class Waited {
  readonly over: Promise<CommandEnd>;
  isOver = false;
  why: 'cut' | 'timeout' | undefined;
  private settle: (end: CommandEnd | Promise<never>) => void = () => undefined;
  readonly leave: () => void;
  private readonly host: Host;
  private readonly id: string;

  constructor(host: Host, id: string) {
    this.host = host;
    this.id = id;
    this.over = new Promise((resolve) => {
      this.settle = (end) => {
        this.isOver = true;
        resolve(end);
      };
    });
    this.leave = host.onExit((exit) => {
      if (exit.id === id) this.exited(exit);
    });
  }

  exited({ exitCode: code, signal }: TerminalExit): void {
    this.settle(this.why === undefined ? { how: 'exited', code, signal } : { how: this.why });
  }

  fail(error: unknown): void {
    this.settle(Promise.reject(error));
  }

  /** Never rejects: what cannot be ended is told to who waits for its end. */
  async end(why: 'cut' | 'timeout'): Promise<void> {
    this.why ??= why;
    try {
      const isThere = (await this.host.list()).some(({ id }) => id === this.id);
      await this.host.end(this.id, graceMs);
      if (isThere) this.settle({ how: this.why });
    } catch (error) {
      this.fail(error);
    }
  }
}
