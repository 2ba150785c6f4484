/**
 * What is said on a connection after the handshake. The first word decides what it is for: `attach` makes it the way of
 * one viewer, so that no terminal's flood stands before another's echo; anything else makes it the way of calls.
 */
import type { TerminalColors } from '../../../preload/contract/bridge.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { TerminalExit, Terminals, TerminalSize } from '../../features/terminals/ports.ts';

/** What a hub calls by name; all of it plain data. */
export const callNames = [
  'open',
  'list',
  'ended',
  'lastOutputs',
  'paste',
  'press',
  'text',
  'pause',
  'resume',
  'end',
  'forget',
] as const satisfies ReadonlyArray<keyof Terminals>;
export type CallName = (typeof callNames)[number];

/**
 * About the host itself. `shutDown`: end all terminals, then the host. `retire`: end it if it has none; answers whether.
 * `giveOver` (version, command): give all to a newer host, which that command starts; answers whether it has them.
 */
export type HostCall = 'shutDown' | 'retire' | 'giveOver';

export type Asked =
  | { readonly hub: true }
  | {
      readonly id: number;
      readonly call: CallName | HostCall;
      readonly args: readonly unknown[];
    }
  | {
      readonly attach: {
        readonly id: string;
        readonly size: TerminalSize;
        readonly colors: TerminalColors | undefined;
        /** It was there before a newer host took over. */
        readonly isBack?: boolean;
        /** It only watches. A host that does not know this takes it for one that is back. */
        readonly isWatching?: boolean;
        /** It understands `hold`. */
        readonly canHold?: boolean;
      };
    };

/**
 * The host is about to change. `hold`: keep what you say, and say `held`; `goOn`: it did not change, say it now; `moved`: nothing
 * more comes on this connection, and the next host is at the address already.
 */
export type ToldOfMove =
  | { readonly hold: true }
  | { readonly goOn: true }
  | { readonly moved: true };

export type Answered =
  | { readonly serving: true }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: WireError }
  | { readonly exit: TerminalExit }
  | ToldOfMove;

/** `restore` has the screen as its body, `data` the bytes. */
export type ToViewer =
  | { readonly attached: true }
  | { readonly restore: TerminalSize & { readonly hasSkipped?: true } }
  | { readonly data: true }
  | { readonly exit: TerminalExit }
  | { readonly error: WireError }
  | ToldOfMove;

export type FromViewer =
  | { readonly held: true }
  | { readonly write: string }
  | { readonly resize: TerminalSize }
  | { readonly parsed: number };
