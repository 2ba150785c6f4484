/**
 * Expressions of triggers, beside the loop. What is asked within a turn goes to the thread at once, as one batch; the next waits until that is
 * done. Whoever takes longer than its bound, or more memory, is told so, and asked no more: the thread is ended and another goes on behind it.
 */
import { Worker } from 'node:worker_threads';
import { musherError } from '../../base/result.ts';
import type {
  ExpressionFault,
  Expressions,
  SubjectData,
  Verdict,
} from '../../features/triggers/ports.ts';
import { threadEntry } from '../thread-entry.ts';
import { checkExpression } from './expression.ts';
import { type Batch, type FromExpressions, verdictCodes } from './expression-protocol.ts';

export interface ExpressionBounds {
  /** One expression on one event, milliseconds. */
  readonly limitMs: number;
  /** How long a thread may take to begin. */
  readonly startMs: number;
  readonly memoryMb: number;
}

const bounds: ExpressionBounds = { limitMs: 500, startMs: 15_000, memoryMb: 96 };
/** Expressions that were too slow or too large. More are forgotten, and would be found again. */
const slowKept = 1_000;
const lookEveryMs = 50;
/** What goes to the thread at once: so many events, or so many characters and one event. */
const atOnce = { events: 200, chars: 1_000_000 };

interface Ask {
  readonly texts: readonly string[];
  /** JSON. */
  readonly subject: string;
  readonly resolve: (verdicts: Verdict[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Running {
  readonly asks: readonly Ask[];
  readonly batch: Omit<Batch, 'from'>;
  readonly faults: Map<number, string>;
}

export function createExpressions(own: Partial<ExpressionBounds> = {}): Expressions {
  return new ExpressionThread({ ...bounds, ...own });
}

class ExpressionThread implements Expressions {
  private readonly bounds: ExpressionBounds;
  private readonly slow = new Map<string, string>();
  private worker: Worker | undefined;
  private collected: Ask[] = [];
  private isCollecting = false;
  private running: Running | undefined;
  private ids = 0;
  private isClosed = false;
  private watch: ReturnType<typeof setInterval> | undefined;
  /** Which one it was seen at, and since when. */
  private seen = { at: -1, sinceMs: 0 };

  constructor(own: ExpressionBounds) {
    this.bounds = own;
  }

  check(expression: string): ExpressionFault | undefined {
    return checkExpression(expression);
  }

  evaluate(texts: readonly string[], subject: SubjectData): Promise<readonly Verdict[]> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) return reject(musherError('SHUTTING_DOWN'));
      // Here, where whoever looks at an event counts the time.
      this.collected.push({ texts, subject: JSON.stringify(subject), resolve, reject });
      if (this.isCollecting) return;
      this.isCollecting = true;
      setImmediate(() => {
        this.isCollecting = false;
        this.next();
      });
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const left = [...(this.running?.asks ?? []), ...this.collected.splice(0)];
    this.running = undefined;
    clearInterval(this.watch);
    for (const ask of left) ask.reject(musherError('SHUTTING_DOWN'));
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private next(): void {
    if (this.running !== undefined || this.collected.length === 0 || this.isClosed) return;
    const asks = this.collected.splice(0, howMany(this.collected));
    const textAt = new Map<string, number>();
    const pairs: number[] = [];
    const known: Array<[index: number, fault: string]> = [];
    asks.forEach((ask, subject) => {
      for (const text of ask.texts) {
        const fault = this.slow.get(text);
        if (fault !== undefined) known.push([pairs.length / 2, fault]);
        const at = textAt.get(text) ?? textAt.size;
        textAt.set(text, at);
        pairs.push(subject, at);
      }
    });
    const verdicts = new Uint8Array(new SharedArrayBuffer(Math.max(1, pairs.length / 2)));
    for (const [index] of known) verdicts[index] = verdictCodes.fault;
    const batch = {
      ...{
        id: this.ids++,
        texts: [...textAt.keys()],
        subjects: asks.map(({ subject }) => subject),
      },
      ...{ pairs: Int32Array.from(pairs), verdicts, at: new Int32Array(new SharedArrayBuffer(4)) },
    };
    this.running = { asks, batch, faults: new Map(known) };
    this.go(0);
  }

  /** Those before it are done with. */
  private go(from: number): void {
    const { running } = this;
    if (running === undefined) return;
    const { batch } = running;
    Atomics.store(batch.at, 0, -1);
    this.seen = { at: -1, sinceMs: performance.now() };
    this.worker ??= this.start();
    this.worker.postMessage({ ...batch, from } satisfies Batch);
    this.watch ??= setInterval(() => this.look(), lookEveryMs).unref();
  }

  private start(): Worker {
    const { memoryMb } = this.bounds;
    const worker = new Worker(threadEntry('expression-worker', import.meta.url), {
      // Flags of this process (how it was told to run a script) are not the thread's.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 },
    });
    worker.unref();
    worker.on('message', (message: FromExpressions) => this.told(message));
    const lost = (said: string) => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.passOver(said);
    };
    worker.on('error', () => lost(`it took more than ${memoryMb} MB of memory`));
    worker.on('exit', () => lost('its thread ended'));
    return worker;
  }

  private told(message: FromExpressions): void {
    const { running } = this;
    if (running === undefined || message.batch !== running.batch.id) return;
    if ('isDone' in message) this.finish(running);
    else running.faults.set(message.index, message.fault);
  }

  private finish({ asks, batch, faults }: Running): void {
    this.running = undefined;
    clearInterval(this.watch);
    this.watch = undefined;
    let index = 0;
    for (const { texts, resolve } of asks) {
      const from = index;
      index += texts.length;
      resolve(
        texts.map((text, at) =>
          this.givenUp(text, verdictOf(batch.verdicts[from + at], faults.get(from + at))),
        ),
      );
    }
    this.next();
  }

  private givenUp(text: string, verdict: Verdict): Verdict {
    return typeof verdict === 'object' && this.slow.has(text)
      ? { ...verdict, isGivenUp: true }
      : verdict;
  }

  private look(): void {
    const { running } = this;
    if (running === undefined) return;
    const at = Atomics.load(running.batch.at, 0);
    const nowMs = performance.now();
    if (at !== this.seen.at) {
      this.seen = { at, sinceMs: nowMs };
      return;
    }
    const { limitMs, startMs } = this.bounds;
    if (nowMs - this.seen.sinceMs < (at === -1 ? startMs : limitMs)) return;
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
    this.passOver(at === -1 ? 'its thread did not begin' : `it took longer than ${limitMs} ms`);
  }

  /** The one that it is at, for ever; the others go on. */
  private passOver(said: string): void {
    const { running } = this;
    if (running === undefined) return;
    const { batch, faults } = running;
    const place = Atomics.load(batch.at, 0);
    const at = Math.max(0, place);
    const text = batch.texts[batch.pairs[at * 2 + 1] ?? 0] ?? '';
    const fault = said;
    if (this.slow.size >= slowKept) this.slow.clear();
    // Where the thread did not begin, none of them is to blame.
    if (place >= 0) this.slow.set(text, fault);
    // Also for the events behind this one.
    for (let index = at; index * 2 < batch.pairs.length; index++) {
      if (batch.texts[batch.pairs[index * 2 + 1] ?? 0] !== text) continue;
      batch.verdicts[index] = verdictCodes.fault;
      faults.set(index, fault);
    }
    this.go(at + 1);
  }
}

function howMany(asks: readonly Ask[]): number {
  let chars = 0;
  const end = asks.findIndex(({ subject }, at) => {
    chars += subject.length;
    return at === atOnce.events || (at > 0 && chars > atOnce.chars);
  });
  return end === -1 ? asks.length : end;
}

function verdictOf(code: number | undefined, fault: string | undefined): Verdict {
  if (code === verdictCodes.yes) return true;
  if (code === verdictCodes.no) return false;
  return { fault: fault ?? 'it failed' };
}
