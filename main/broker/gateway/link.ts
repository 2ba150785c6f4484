/**
 * One project's link, as its gateway has it. Whatever comes is bounded, and checked before anything is made of it: what does not fit ends
 * this link, and touches no other.
 */
import { WebSocket } from 'ws';
import type { z } from 'zod';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import {
  type GatewayFrame,
  linkCodes,
  type ProjectFrame,
  projectFrameSchema,
} from '../../../preload/contract/gateway-frames.ts';
import { projectLostMs } from '../../../preload/contract/say-gateway.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { MusherError, musherError, reasonOf } from '../../base/result.ts';
import { sayIssue } from '../../base/say-issue.ts';
import type { GatewayDoor } from '../../features/gateway/ports.ts';
import { createRateLimit } from '../rate-limit.ts';

/** Frames that a project may send for long, each second, of what nobody asked for. */
const framesPerSecond = 30;
/** Largest of these, characters: how a project stands takes some hundred. */
const smallChars = 16 * 1024;
/** Answers that may come beyond both: as many as were asked for, and few of those that nobody waits for any more. */
const answersMost = 64;
/** Requests under way at one project. */
export const requestsAtOnce = 16;
/** How long a project has to answer a close, milliseconds. */
const endMs = 1_000;
/** Of a close, what WebSockets have room for. */
const reasonChars = 100;

export interface LinkParts {
  readonly door: GatewayDoor;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a gateway asks of a project, before it has a number. */
export type Ask = { readonly k: 'tools' } | Omit<Extract<GatewayFrame, { k: 'call' }>, 'id'>;

interface Waiting {
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

export class ProjectLink {
  readonly project: RegisteredProject;
  /** SHA-256 of the key that it showed. */
  readonly key: string;
  private readonly socket: WebSocket;
  private readonly parts: LinkParts;
  private readonly waiting = new Map<number, Waiting>();
  private readonly limit;
  private asked = 0;
  private answers = 0;
  private cancelSilence = (): void => undefined;
  private cancelEnd = (): void => undefined;
  private isOver = false;

  constructor(
    socket: WebSocket,
    { project, key }: { readonly project: RegisteredProject; readonly key: string },
    parts: LinkParts,
  ) {
    this.socket = socket;
    this.project = project;
    this.key = key;
    this.parts = parts;
    this.limit = createRateLimit({
      perSecond: framesPerSecond,
      elapsed: () => parts.clock.elapsed(),
    });
  }

  /** `onOver`: told once. */
  begin(onOver: () => void): void {
    const { socket, parts, project } = this;
    parts.door.saw(project.id, { isConnected: true, refused: undefined });
    this.listen();
    socket.on('message', (data, isBinary) => this.receive(isBinary ? '' : String(data)));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A frame that is too large, or none at all: the library ends the link, with its own words for it. Others are the network's.
      if (error.code?.startsWith('WS_ERR_')) this.note(reasonOf(error));
    });
    socket.on('close', () => {
      this.cancelEnd();
      this.over();
      onOver();
    });
  }

  /** Throws GATEWAY_PROJECT_AWAY, GATEWAY_BUSY, and what the project refuses with. */
  request(
    ask: Ask,
    { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<Record<string, unknown>> {
    const { name } = this.project;
    if (this.waiting.size >= requestsAtOnce)
      throw musherError('GATEWAY_BUSY', { project: name, limit: requestsAtOnce });
    this.asked += 1;
    this.answers = Math.min(answersMost, this.answers + 1);
    const id = this.asked;
    if (signal.aborted) throw away(name, 'nobody waits for its answer');
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        cancel();
        signal.removeEventListener('abort', giveUp);
        this.waiting.delete(id);
      };
      const giveUp = (): void => {
        settle();
        this.send({ k: 'cancel', id });
        reject(away(name, 'it did not answer in time'));
      };
      const cancel = this.parts.clock.schedule(giveUp, timeoutMs);
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.set(id, {
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.send({ ...ask, id } as GatewayFrame);
    });
  }

  /** Ends it for a reason that the project is told. */
  end(code: number, reason = ''): void {
    this.over();
    // Of bytes it has room for few, and what was sent is somebody else's text.
    this.socket.close(code, reason.replace(/[^ -~]/g, '?').slice(0, reasonChars));
    // Whoever does not take the close is not waited for.
    this.cancelEnd = this.parts.clock.schedule(() => this.socket.terminate(), endMs);
  }

  private receive(text: string): void {
    if (this.isOver) return;
    const tooMuch = this.tooMuch(text.length);
    if (tooMuch !== undefined) this.refuse(tooMuch);
    else this.read(parsed(text));
  }

  private read(raw: unknown): void {
    const frame = projectFrameSchema.safeParse(raw);
    if (frame.success) this.handle(frame.data);
    else this.refuse(sayMalformed(frame.error.issues[0], raw));
  }

  /** Before anything is made of it. Answers may be large and many, but no more than were asked for. */
  private tooMuch(chars: number): string | undefined {
    const isSmall = chars <= smallChars;
    if (isSmall && this.limit.take('frames') === 0) return undefined;
    if (this.answers > 0) {
      this.answers -= 1;
      return undefined;
    }
    return isSmall
      ? `more than ${framesPerSecond} frames a second`
      : `a frame of ${chars} characters that nobody asked for`;
  }

  private handle(frame: ProjectFrame): void {
    const { door, log } = this.parts;
    this.listen();
    if (frame.k === 'status') {
      door.heard(this.project.id, frame.status);
      const name = door.projectOf(this.key)?.name;
      this.send({ k: 'heard', ...(name !== undefined && { name }) });
    } else if (frame.k === 'answer') this.waiting.get(frame.id)?.resolve(frame.result);
    else if (frame.k === 'error')
      this.waiting.get(frame.id)?.reject(new MusherError(frame.error as WireError));
    else
      door
        .leave(this.project.id)
        .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'a project cannot leave'));
  }

  private refuse(reason: string): void {
    this.note(reason);
    this.end(linkCodes.refused, reason);
  }

  private note(reason: string): void {
    const { door, log } = this.parts;
    const { id, name } = this.project;
    log.warn({ project: id, name, reason }, 'what a project sent was refused');
    door.saw(id, { refused: reason.slice(0, 300) });
  }

  private listen(): void {
    this.cancelSilence();
    this.cancelSilence = this.parts.clock.schedule(() => this.socket.terminate(), projectLostMs);
  }

  private send(frame: GatewayFrame): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private over(): void {
    this.isOver = true;
    this.cancelSilence();
    for (const one of [...this.waiting.values()])
      one.reject(away(this.project.name, 'its link ended'));
  }
}

export function away(project: string, reason: string): MusherError {
  return musherError('GATEWAY_PROJECT_AWAY', { project, reason });
}

function sayMalformed(issue: z.core.$ZodIssue | undefined, raw: unknown): string {
  if (raw === undefined) return 'a frame that is no JSON';
  const place = issue?.path.join('.') || 'the frame';
  return `${place}: ${issue === undefined ? 'is not valid' : sayIssue(issue, raw)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
