/** What a connection of a hub may ask of the terminal host. Its end takes nothing with it but its own attachments. */
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { musherError, reasonOf, wireOf } from '../../base/result.ts';
import type { TerminalAttachment, Terminals } from '../../features/terminals/ports.ts';
import { type HostInfo, welcome } from './handshake.ts';
import { type Asked, callNames, type FromViewer, type ToViewer } from './messages.ts';
import type { Moving } from './moving.ts';
import { Wire } from './wire.ts';

export interface ServeOptions {
  readonly terminals: Terminals;
  readonly key: string;
  readonly info: HostInfo;
  readonly clock: Clock;
  readonly log: Logger;
  /** Resolves when nothing of a host before this one is left that could disturb. */
  readonly ready: Promise<void>;
  /** A hub asked the host to end, terminals and all, or only if it has none. Answers whether it does. */
  onEnd(how: { readonly ifIdle: boolean }): boolean;
  readonly moving: Moving;
  /** A hub of that version asked the host to give all to one that this command starts. Answers whether it did. */
  onGiveOver(version: string, command: readonly string[]): Promise<boolean>;
}

/** Resolves when the connection is over. */
export async function serveTerminals(socket: Socket, options: ServeOptions): Promise<void> {
  const wire = new Wire(socket);
  if (await welcome(wire, options)) {
    const first = (await wire.next(options.clock, firstWordMs))?.head as Asked | undefined;
    if (first === undefined) wire.destroy();
    else if ('attach' in first) await serveViewer(wire, first.attach, options);
    else await serveHub(wire, options);
  } else {
    options.log.warn({}, 'A connection that is no hub of this user was let go');
    wire.destroy();
  }
  await wire.closed;
}

/** How long a hub may take to say what it came for, milliseconds. */
const firstWordMs = 10_000;

async function serveHub(wire: Wire, options: ServeOptions): Promise<void> {
  const { terminals } = options;
  const undo = terminals.onExit((exit) => wire.send({ exit }));
  wire.send({ serving: true });
  options.moving.add(wire, false);
  wire.listen(({ head }) => void answer(wire, head as Asked, options));
  await wire.closed;
  undo();
}

async function answer(wire: Wire, asked: Asked, options: ServeOptions): Promise<void> {
  if (!('call' in asked)) return;
  const { id, call, args } = asked;
  try {
    if (call === 'giveOver') {
      const [version, command] = args as [string, string[]];
      wire.send({ id, value: await options.onGiveOver(version, command) });
      return;
    }
    // What was not begun here is asked again of the next host.
    if (!(await options.moving.stays())) throw musherError('SHUTTING_DOWN');
    if (call === 'shutDown' || call === 'retire') {
      wire.send({ id, value: options.onEnd({ ifIdle: call === 'retire' }) });
      return;
    }
    if (!callNames.includes(call)) throw new Error(`there is no call ${String(call)}`);
    if (call === 'open') await options.ready;
    const run = options.terminals[call] as (...args: readonly unknown[]) => Promise<unknown>;
    wire.send({ id, value: (await run.apply(options.terminals, [...args])) ?? null });
  } catch (error) {
    wire.send({ id, error: wireOf(error) });
  }
}

async function serveViewer(
  wire: Wire,
  { id, size, colors, isBack, isWatching, canHold }: Extract<Asked, { attach: unknown }>['attach'],
  { terminals, log, moving }: ServeOptions,
): Promise<void> {
  const isHere = await moving.stays();
  // Where the host has changed meanwhile, it is told so at once.
  const onHeld = moving.add(wire, canHold === true);
  if (!isHere) return;
  const tell = (said: ToViewer, body?: Uint8Array) => wire.send(said, body);
  try {
    const attachment = await terminals.attach(id, size, {
      colors,
      isBack,
      isWatching,
      onRestore: ({ data, ...rest }) => tell({ restore: rest }, Buffer.from(data)),
      onData: (bytes) => tell({ data: true }, bytes),
      onExit: (exit) => tell({ exit }),
    });
    tell({ attached: true });
    wire.listen(({ head }) => {
      const said = head as FromViewer;
      if ('held' in said) onHeld();
      else moving.run(() => apply(attachment, said));
    });
    await wire.closed;
    attachment.detach();
  } catch (error) {
    log.debug({ terminal: id, error: reasonOf(error) }, 'A viewer could not be attached');
    tell({ error: wireOf(error) });
    wire.end();
  }
}

function apply(attachment: TerminalAttachment, said: FromViewer): void {
  if ('write' in said) attachment.write(said.write);
  else if ('resize' in said) attachment.resize(said.resize.cols, said.resize.rows);
  else if ('parsed' in said) attachment.acknowledge(said.parsed);
}
