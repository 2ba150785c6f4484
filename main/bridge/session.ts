/**
 * One page's conversation with a hub, over any channel. Every frame is checked against the contract; what does
 * not fit ends the session with `bye`, never the host. Whatever the page had open ends with the session.
 */
import { clientFrameSchema } from '../../preload/contract/bridge.ts';
import { bridgeProtocolVersion } from '../../preload/contract/bridge-version.ts';
import type { ClientFrame, OpenProject, ServerFrame } from '../../preload/contract/bridge.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { Logger } from '../base/logger.ts';
import { MusherError, wireOf } from '../base/result.ts';
import type { Terminals } from '../features/terminals/ports.ts';
import type { Door, RecordFeed } from '../hub/door.ts';
import type { Channel, CloseReason } from './channel.ts';
import { createRequests } from './session-requests.ts';
import { createSessionTerminals } from './session-terminals.ts';

/**
 * A page that left this much untaken does not read any more: deltas are held back at 1 MiB and terminals by
 * credit, so only answers to many large queries can get here.
 */
const maxPendingBytes = 64 * 1024 * 1024;

export interface SessionOptions {
  readonly door: Door;
  readonly terminals: Pick<Terminals, 'attach'>;
  /** Left out: a host that has only one. */
  readonly projects?: OpenProjects;
  /** Who the page was authenticated as. Only the operator gets a session in this version. */
  readonly actor: Actor;
  /** Version of the app, told to the page. */
  readonly version: string;
  readonly channel: Channel;
  readonly log: Logger;
}

export interface OpenProjects {
  openProjects(): readonly OpenProject[];
  /** Tells when it is another list. Returns the undo. */
  onOpened(listener: () => void): () => void;
}

export interface Session {
  /** Ends it; `going-away` unless said otherwise. */
  close(reason?: CloseReason): void;
}

export function startSession(options: SessionOptions): Session {
  const session = new BridgeSession(options);
  session.start();
  return session;
}

class BridgeSession implements Session {
  private readonly options: SessionOptions;
  private readonly requests: ReturnType<typeof createRequests>;
  private readonly terminals: ReturnType<typeof createSessionTerminals>;
  private phase: 'new' | 'greeted' | 'over' = 'new';
  private feed: RecordFeed | undefined;
  private stopProjects: (() => void) | undefined;
  private defects = 0;

  constructor(options: SessionOptions) {
    this.options = options;
    const { door, actor, terminals } = options;
    const send = (frame: ServerFrame) => this.send(frame);
    const toError = (thrown: unknown, about: object) => this.toError(thrown, about);
    this.requests = createRequests({ door, actor, send, toError });
    this.terminals = createSessionTerminals({ terminals, send, toError });
  }

  start(): void {
    const { channel, actor } = this.options;
    channel.onClose(() => this.end());
    channel.onFrame((raw) => this.receive(raw));
    if (actor === 'operator') return;
    this.bye(toWireError('FORBIDDEN', { actor, type: 'the app', who: 'the operator' }));
  }

  close(reason: CloseReason = 'going-away'): void {
    this.end();
    this.options.channel.close(reason);
  }

  private receive(raw: unknown): void {
    if (this.phase === 'over') return;
    const parsed = clientFrameSchema.safeParse(raw);
    try {
      if (parsed.success) this.handle(parsed.data);
      else this.refuse(malformation(parsed.error.issues[0]));
    } catch (thrown) {
      this.bye(this.toError(thrown, { frame: parsed.data?.k }));
    }
  }

  private handle(frame: ClientFrame): void {
    if (frame.k === 'hello') this.greet(frame);
    else if (this.phase === 'new') this.refuse('The first frame must be "hello"');
    else if (frame.k === 'resync') this.feed?.resync();
    else if (frame.k === 'cancel') this.requests.cancel(frame.rid);
    else if (frame.k === 'command' || frame.k === 'query') {
      if (!this.requests.start(frame)) this.refuse(`Request ${frame.rid} is open already`);
    } else if (!this.terminals.handle(frame)) {
      this.refuse(`Terminal channel ${frame.ch} is open already`);
    }
  }

  private greet({ protocol, logId, sinceSeq }: Extract<ClientFrame, { k: 'hello' }>): void {
    const spoken = `The page speaks protocol ${protocol}, this Musher ${bridgeProtocolVersion}`;
    if (this.phase !== 'new') this.refuse('"hello" came twice');
    else if (protocol !== bridgeProtocolVersion) this.refuse(`${spoken}; reload the page`);
    else this.welcome(logId === this.options.door.logId ? sinceSeq : 0);
  }

  private welcome(sinceSeq: number): void {
    this.phase = 'greeted';
    const { version, actor, channel, door } = this.options;
    const { logId } = door;
    this.send({ k: 'welcome', protocol: bridgeProtocolVersion, version, actor, logId });
    this.tellProjects();
    const feed = door.openRecords(sinceSeq, {
      onSnapshot: (snapshot) => this.send({ k: 'snapshot', snapshot }),
      onDelta: (delta) => this.send({ k: 'delta', delta }),
      onLive: (live) => this.send({ k: 'live', live }),
      pendingBytes: () => channel.pendingBytes(),
    });
    // A first snapshot that is too much for the page ends the session before the feed is known here.
    if (this.isOver()) feed.close();
    else this.feed = feed;
  }

  private tellProjects(): void {
    const { projects } = this.options;
    if (projects === undefined) return;
    const tell = () => this.send({ k: 'projects', projects: projects.openProjects() });
    tell();
    this.stopProjects = projects.onOpened(tell);
  }

  private isOver(): boolean {
    return this.phase === 'over';
  }

  private send(frame: ServerFrame): void {
    if (this.isOver()) return;
    const { channel, log } = this.options;
    const pendingBytes = channel.pendingBytes();
    if (pendingBytes > maxPendingBytes) {
      log.warn({ pendingBytes }, 'a page does not read; its session is ended');
      this.close('overflow');
    } else channel.send(frame);
  }

  private toError(thrown: unknown, about: object): WireError {
    if (thrown instanceof MusherError) return thrown.wire;
    // Where the log stood and the how-manieth in this session: enough to find the line in the log file.
    this.defects += 1;
    const reference = `page-${this.options.door.head().seq}-${this.defects}`;
    this.options.log.error({ ...about, reference, err: thrown }, 'a defect ended a request');
    return wireOf(thrown, reference);
  }

  private refuse(reason: string): void {
    this.bye(toWireError('BAD_REQUEST', { reason }));
  }

  private bye(error: WireError): void {
    this.options.log.warn({ code: error.code, reason: error.message }, 'a session was refused');
    this.send({ k: 'bye', error });
    this.close('refused');
  }

  private end(): void {
    if (this.phase === 'over') return;
    this.phase = 'over';
    this.feed?.close();
    this.stopProjects?.();
    this.requests.close();
    this.terminals.close();
  }
}

function malformation(issue: { path: PropertyKey[]; message: string } | undefined): string {
  const place = issue?.path.map(String).join('.') || 'the frame';
  return `A frame is malformed at ${place}: ${issue?.message}`;
}
