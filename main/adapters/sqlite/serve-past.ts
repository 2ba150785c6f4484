/**
 * What the thread that folds the past does: questions go on in turns, a page each; what is to be kept is made in pauses, or at full
 * speed while somebody waits for it.
 */
import type { MessagePort } from 'node:worker_threads';
import { MusherError, reasonOf } from '../../base/result.ts';
import { answerOf } from '../../features/timeline/index.ts';
import type { PastAnswers, PastAsk } from '../../features/timeline/ports.ts';
import type { Progress } from '../../hub/past/past.ts';
import type { Registry } from '../../hub/registry.ts';
import { type OpenedPast, openPast } from './open-past.ts';
import type { FromPast, ToPast } from './past-protocol.ts';

type Steps = Generator<Progress, PastAnswers[PastAsk['kind']]>;

interface Job {
  readonly steps: Steps;
  toldMs: number;
}

export interface ServePast {
  readonly port: MessagePort;
  /** Path of the log. */
  readonly file: string;
  readonly registry: Registry;
}

/** After each step of keeping so many times as long is left to others: most machines have few cores. */
const pauses = 3;
/** A step of keeping goes on for about so long, milliseconds. */
const stepMs = 10;
/** Progress is told that often, milliseconds. */
const tellMs = 100;

export function servePast({ port, file, registry }: ServePast): void {
  const say = (message: FromPast) => port.postMessage(message);
  const opened = openPast(file, { registry, onTrouble: (trouble) => say({ trouble }) }).then(
    (past) => new PastServer(past, registry, say),
  );
  port.on('message', async (message: ToPast) => {
    const server = await opened;
    if ('end' in message) {
      server.close();
      port.close();
    } else if ('keepUp' in message) server.keepUp();
    else if ('cancel' in message) server.cancel(message.id);
    else server.ask(message.id, message.ask);
  });
}

class PastServer {
  private readonly opened: OpenedPast;
  private readonly registry: Registry;
  private readonly say: (message: FromPast) => void;
  private readonly jobs = new Map<number, Job>();
  private isRunning = false;
  private keeping: Generator<Progress, void> | undefined;
  private pause: NodeJS.Timeout | undefined;

  constructor(opened: OpenedPast, registry: Registry, say: (message: FromPast) => void) {
    this.opened = opened;
    this.registry = registry;
    this.say = say;
  }

  ask(id: number, ask: PastAsk): void {
    this.jobs.set(id, { steps: this.stepsOf(ask), toldMs: performance.now() });
    this.run();
  }

  cancel(id: number): void {
    this.jobs.delete(id);
  }

  keepUp(): void {
    this.keeping = this.opened.past.keepAll();
    this.keepSome();
  }

  close(): void {
    clearTimeout(this.pause);
    this.keeping = undefined;
    this.jobs.clear();
    this.opened.close();
  }

  private *stepsOf(ask: PastAsk): Steps {
    return answerOf(this.registry, yield* this.opened.past.stateAt(ask.seq), ask);
  }

  /** One step of each question, then what came meanwhile. */
  private run(): void {
    if (this.isRunning || this.jobs.size === 0) return;
    this.isRunning = true;
    setImmediate(() => {
      this.isRunning = false;
      for (const [id, job] of [...this.jobs]) this.step(id, job);
      this.run();
    });
  }

  private step(id: number, job: Job): void {
    try {
      const { done, value } = job.steps.next();
      if (done === true) {
        this.jobs.delete(id);
        this.say({ id, answer: value });
      } else if (performance.now() - job.toldMs >= tellMs) {
        job.toldMs = performance.now();
        this.say({ id, progress: value });
      }
    } catch (error) {
      this.jobs.delete(id);
      const wire = error instanceof MusherError ? error.wire : undefined;
      this.say({ id, error: reasonOf(error), wire });
    }
  }

  private keepSome(): void {
    clearTimeout(this.pause);
    const startedMs = performance.now();
    try {
      while (this.keeping !== undefined && performance.now() - startedMs < stepMs)
        if (this.keeping.next().done === true) this.keeping = undefined;
    } catch {
      // Said to whoever asks.
      this.keeping = undefined;
    }
    if (this.keeping === undefined) this.say({ isLevel: true });
    else this.pause = setTimeout(() => this.keepSome(), (performance.now() - startedMs) * pauses);
  }
}
