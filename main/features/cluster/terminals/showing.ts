/**
 * As a node: what is shown on one link. Nothing comes in by it but wishes to watch. Where the network is slower than what is shown, the viewer
 * leaves, and comes back to the screen as it is then.
 */
import { mostWatches } from '../../../../preload/contract/node-terminals.ts';
import type { Logger } from '../../../base/logger.ts';
import { reasonOf } from '../../../base/result.ts';
import { toUtf8 } from '../../../base/utf8.ts';
import type { RestoredScreen, TerminalAttachment, TerminalExit } from '../../terminals/index.ts';
import {
  fittingText,
  parseAsk,
  screenBytes,
  toPieces,
  type WatchAsk,
  type WatchEnd,
  type WatchSaid,
} from '../../../../preload/contract/watch-frames.ts';
import type { SocketLink } from '../../../base/socket-link.ts';
import type { ShownTerminals } from '../ports.ts';
import type { Target } from './target.ts';

/** Beyond this no more is given to the link. */
const mostPendingBytes = 2 * 1024 * 1024;
/** Who left comes back below this. */
const lowPendingBytes = 256 * 1024;
/** What a rendezvous says is nothing that it may say. */
export const refusedCode = 4400;

export interface ShowingOptions {
  readonly link: SocketLink;
  readonly terminals: ShownTerminals['terminals'];
  readonly targetOf: (story: string) => Target;
  readonly log: Logger;
}

interface Watch {
  readonly w: number;
  readonly story: string;
  /** Counts its attachments: what one before says is not told any more. */
  turn: number;
  terminalId?: string;
  attachment?: TerminalAttachment | undefined;
  /** It left, because the network is slower. */
  isBehind: boolean;
  hasSkipped: boolean;
}

export class Showing {
  private readonly options: ShowingOptions;
  private readonly watches = new Map<number, Watch>();

  constructor(options: ShowingOptions) {
    this.options = options;
    const { link } = options;
    link.onMessage((message) => this.take(message));
    link.onSent(() => this.catchUp());
  }

  /** Something changed: another agent, another session, a claim that is over. */
  look(): void {
    for (const one of [...this.watches.values()]) this.follow(one);
  }

  /** The link is over. */
  end(): void {
    for (const one of this.watches.values()) leave(one);
    this.watches.clear();
  }

  private take(message: string | Uint8Array): void {
    const ask = parseAsk(message);
    if (typeof ask === 'string') {
      this.options.log.warn({ reason: ask }, 'what a rendezvous asked of terminals was refused');
      this.options.link.close(refusedCode, ask);
      this.end();
    } else this.answer(ask);
  }

  private answer(ask: WatchAsk): void {
    const { w } = ask;
    const known = this.watches.get(w);
    if (ask.k === 'parsed') known?.attachment?.acknowledge(ask.bytes);
    else if (ask.k === 'text') void this.tellText(w, ask.story);
    else if (ask.k === 'unwatch') {
      if (known !== undefined) this.stop(known);
    } else if (known === undefined) this.begin(w, ask.story);
  }

  private begin(w: number, story: string): void {
    if (this.watches.size >= mostWatches) {
      this.say({ k: 'end', w, why: 'limit' });
      return;
    }
    const one: Watch = { w, story, turn: 0, isBehind: false, hasSkipped: false };
    this.watches.set(w, one);
    this.follow(one);
  }

  private follow(one: Watch): void {
    const target = this.options.targetOf(one.story);
    if (target === 'foreign') this.stop(one, 'claim');
    else if (target !== 'none' && target.terminalId !== one.terminalId) {
      leave(one);
      one.isBehind = false;
      one.terminalId = target.terminalId;
      void this.attach(one, target.terminalId);
    }
  }

  private async attach(one: Watch, id: string): Promise<void> {
    const { terminals, log } = this.options;
    const { turn } = one;
    const isOurs = () => one.turn === turn && this.watches.get(one.w) === one;
    try {
      const size = (await terminals.list()).find((info) => info.id === id);
      if (!isOurs()) return;
      const attachment = await terminals.attach(id, size ?? { cols: 80, rows: 24 }, {
        isWatching: true,
        onRestore: (screen) => isOurs() && this.show(one, screen),
        onData: (bytes) => isOurs() && this.send(one, bytes),
        onExit: (exit) => isOurs() && this.tellExit(one, exit),
      });
      if (isOurs()) one.attachment = attachment;
      else attachment.detach();
    } catch (error) {
      log.info({ story: one.story, error: reasonOf(error) }, 'a terminal could not be shown');
      if (isOurs()) this.stop(one, 'gone');
    }
  }

  private show(one: Watch, { data, cols, rows, hasSkipped }: RestoredScreen): void {
    if (this.isTooMuch(one)) return;
    const bytes = toUtf8(data);
    if (bytes.length > screenBytes) {
      this.stop(one, 'large');
      return;
    }
    const skipped = (hasSkipped ?? one.hasSkipped) && { hasSkipped: true as const };
    one.hasSkipped = false;
    const head = { k: 'screen', w: one.w, cols, rows, bytes: bytes.length } as const;
    this.say({ ...head, ...skipped });
    this.pass(one, bytes);
  }

  private send(one: Watch, bytes: Uint8Array): void {
    if (!this.isTooMuch(one)) this.pass(one, bytes);
  }

  private pass({ w }: Watch, bytes: Uint8Array): void {
    for (const piece of toPieces(w, bytes)) this.options.link.send(piece);
  }

  private isTooMuch(one: Watch): boolean {
    if (this.options.link.pendingBytes() <= mostPendingBytes) return false;
    leave(one);
    one.isBehind = true;
    return true;
  }

  private catchUp(): void {
    if (this.options.link.pendingBytes() > lowPendingBytes) return;
    for (const one of this.watches.values()) {
      if (!one.isBehind || one.terminalId === undefined) continue;
      one.isBehind = false;
      one.hasSkipped = true;
      void this.attach(one, one.terminalId);
    }
  }

  private tellExit({ w }: Watch, { exitCode, signal }: TerminalExit): void {
    this.say({ k: 'exit', w, exitCode, signal });
  }

  private async tellText(w: number, story: string): Promise<void> {
    const target = this.options.targetOf(story);
    if (typeof target === 'string')
      return this.say({ k: 'end', w, why: target === 'foreign' ? 'claim' : 'gone' });
    try {
      const { text, cols, rows } = await this.options.terminals.text(target.terminalId);
      this.say({ k: 'text', w, text: fittingText(text), cols, rows });
    } catch {
      this.say({ k: 'end', w, why: 'gone' });
    }
  }

  private stop(one: Watch, why?: WatchEnd): void {
    leave(one);
    this.watches.delete(one.w);
    this.say({ k: 'end', w: one.w, ...(why !== undefined && { why }) });
  }

  private say(said: WatchSaid): void {
    this.options.link.send(JSON.stringify(said));
  }
}

function leave(one: Watch): void {
  one.turn += 1;
  one.attachment?.detach();
  one.attachment = undefined;
}
