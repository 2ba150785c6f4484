/** A project's link to its gateway: begun again by itself, later and later, and never two at once. */
import { toWireError } from '../../../preload/contract/errors.ts';
import type { GatewayLink } from '../../../preload/contract/gateway-facts.ts';
import type { GatewayFrame } from '../../../preload/contract/gateway-frames.ts';
import { projectLostMs } from '../../../preload/contract/say-gateway.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { musherError, wireOf } from '../../base/result.ts';
import type { GatewayLinks } from '../../features/registration/ports.ts';
import { random, secret } from '../chance.ts';
import {
  type GatewayFile,
  keepRegistered,
  readGatewayFile,
  removeGatewayFile,
} from './gateway-file.ts';
import type { LinkEnd, LinkSocket, openLink } from './link-socket.ts';

const firstRetryMs = 1_000;
const lastRetryMs = 30_000;
/** What a gateway may have done here at once. */
const callsAtOnce = 16;

export type GatewayCall = Extract<GatewayFrame, { k: 'tools' | 'call' }>;

export interface GatewayLinksOptions {
  readonly dataFolder: string;
  readonly project: string;
  readonly repository: string;
  /** Where this Musher listens. */
  readonly listens: () => string;
  /** Does what a gateway asks, as far as it was granted. Throws MusherError. */
  readonly serve: (call: GatewayCall, signal: AbortSignal) => Promise<Record<string, unknown>>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface OpenGatewayLinks extends GatewayLinks {
  close(): void;
}

export function gatewayLinks(options: GatewayLinksOptions): OpenGatewayLinks {
  return new Links(options);
}

type Standing = Pick<GatewayLink, 'state' | 'sinceMs' | 'retryMs' | 'error'>;

class Links implements OpenGatewayLinks {
  private readonly options: GatewayLinksOptions;
  private readonly listeners = new Set<() => void>();
  private readonly calls = new Map<number, AbortController>();
  private file: GatewayFile | undefined;
  private standing: Standing = { state: 'connecting', sinceMs: 0 };
  private socket: LinkSocket | undefined;
  private retryMs = firstRetryMs;
  private cancelRetry: (() => void) | undefined;
  private cancelSilence: (() => void) | undefined;
  private isClosed = false;
  /** Made for a token whose use may not have been heard of: who asks again with that shows the same. */
  private made: { readonly join: string; readonly key: string } | undefined;
  /** Loaded when there is a gateway: a project without one pays nothing for it. */
  private open: typeof openLink | undefined;

  constructor(options: GatewayLinksOptions) {
    this.options = options;
  }

  async register(wish: Parameters<GatewayLinks['register']>[0]) {
    const { dataFolder, project, repository, listens } = this.options;
    // A key that cannot be read is one that it has not.
    const known = await readGatewayFile(dataFolder).catch(() => undefined);
    const { registerAt } = await import('./register.ts');
    // It never leaves this machine but to be shown at that gateway.
    if (this.made?.join !== wish.join) this.made = { join: wish.join, key: `gk1.${secret(32)}` };
    const { key } = this.made;
    const { file, answer } = await keepRegistered(dataFolder, () =>
      registerAt({
        ...{ ...wish, project, repository, key },
        ...{ listens: listens(), before: known?.key },
      }),
    );
    this.made = undefined;
    const { name, page, pageProblem } = answer;
    return {
      ...{ url: file.url, name },
      ...(page !== undefined && { page }),
      ...(pageProblem !== undefined && { pageProblem }),
    };
  }

  async begin(): Promise<void> {
    const file = await readGatewayFile(this.options.dataFolder);
    if (file !== undefined) this.open ??= (await import('./link-socket.ts')).openLink;
    const isSame = file?.key === this.file?.key && file?.url === this.file?.url;
    if (this.isClosed || (isSame && this.socket !== undefined)) return;
    this.end();
    this.file = file;
    this.retryMs = firstRetryMs;
    if (file === undefined) this.tell();
    else this.dial();
  }

  async forget(): Promise<void> {
    this.socket?.send({ k: 'leave' });
    await removeGatewayFile(this.options.dataFolder);
    this.end();
    this.file = undefined;
    this.tell();
  }

  link(): GatewayLink | undefined {
    if (this.file === undefined) return undefined;
    const { url, name, mcp } = this.file;
    return { url, name, mcp, ...this.standing };
  }

  say(status: Parameters<GatewayLinks['say']>[0]): void {
    this.socket?.send({ k: 'status', status });
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  close(): void {
    this.isClosed = true;
    this.end();
  }

  private dial(): void {
    const { file } = this;
    if (file === undefined || this.open === undefined || this.isClosed) return;
    const { error } = this.standing;
    this.stand({ state: 'connecting', ...(error !== undefined && { error }) });
    this.socket = this.open({
      ...{ file, listens: this.options.listens() },
      onOpen: () => {
        this.retryMs = firstRetryMs;
        this.listen();
        this.stand({ state: 'connected' });
      },
      onFrame: (frame) => this.receive(frame),
      onEnd: (end) => this.lost(end),
    });
  }

  private receive(frame: GatewayFrame): void {
    this.listen();
    if (frame.k === 'cancel') this.calls.get(frame.id)?.abort();
    else if (frame.k === 'heard') this.called(frame.name);
    else void this.serve(frame);
  }

  /** It may have another name there by now; its file has the one that it came by. */
  private called(name: string | undefined): void {
    if (this.file === undefined || name === undefined || name === this.file.name) return;
    this.file = { ...this.file, name };
    this.tell();
  }

  private async serve(call: GatewayCall): Promise<void> {
    const { id } = call;
    const { socket } = this;
    if (this.calls.size >= callsAtOnce) {
      const busy = { project: this.file?.name ?? '', limit: callsAtOnce };
      socket?.send({ k: 'error', id, error: toWireError('GATEWAY_BUSY', busy) });
      return;
    }
    const gone = new AbortController();
    this.calls.set(id, gone);
    try {
      const result = await this.options.serve(call, gone.signal);
      if (gone.signal.aborted || socket?.send({ k: 'answer', id, result }) !== false) return;
      const project = this.file?.name ?? '';
      throw musherError('GATEWAY_ANSWER_INVALID', { project, reason: 'it is larger than 4 MiB' });
    } catch (error) {
      if (!gone.signal.aborted) socket?.send({ k: 'error', id, error: wireOf(error) });
    } finally {
      if (this.calls.get(id) === gone) this.calls.delete(id);
    }
  }

  /** A gateway that says nothing for so long has gone, whatever its socket says. */
  private listen(): void {
    this.cancelSilence?.();
    this.cancelSilence = this.options.clock.schedule(() => {
      this.socket?.close();
      const params = { url: this.file?.url ?? '', reason: 'it has said nothing for a while' };
      const error = toWireError('GATEWAY_UNREACHABLE', params);
      this.lost({ error, isRefused: false, isFinal: false });
    }, projectLostMs);
  }

  private lost({ error, isRefused, isFinal }: LinkEnd): void {
    this.end();
    const { clock, log } = this.options;
    // Once for what it is, however often it is tried again.
    if (error.message !== this.standing.error?.message)
      log.warn({ code: error.code, reason: error.message }, 'the link to the gateway ended');
    const state = isRefused ? 'refused' : 'offline';
    if (isFinal) {
      this.stand({ state, error });
      return;
    }
    const mostMs = isRefused ? lastRetryMs : this.retryMs;
    // Never all of them at once.
    const waitMs = Math.round(mostMs * (0.5 + random() / 2));
    this.retryMs = Math.min(lastRetryMs, this.retryMs * 2);
    this.cancelRetry = clock.schedule(() => this.dial(), waitMs);
    this.stand({ state, error, retryMs: clock.now() + waitMs });
  }

  private end(): void {
    this.cancelRetry?.();
    this.cancelSilence?.();
    this.socket?.close();
    this.socket = undefined;
    for (const call of this.calls.values()) call.abort();
    this.calls.clear();
  }

  private stand(standing: Omit<Standing, 'sinceMs'>): void {
    const isSame = standing.state === this.standing.state;
    const sinceMs = isSame ? this.standing.sinceMs : this.options.clock.now();
    this.standing = { ...standing, sinceMs };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
