/** The registration's outside: the gateway, the link to it, and where its key is kept. */
import type {
  GatewayLink,
  ProjectStatus,
  mcpGrantSchema,
} from '../../../preload/contract/gateway-facts.ts';
import type { z } from 'zod';
import type { Dispose } from '../../base/disposable.ts';

export interface RegisterWish {
  readonly gateway: string;
  readonly join: string;
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  readonly mcp: z.infer<typeof mcpGrantSchema>;
}

export interface Registered {
  readonly url: string;
  readonly name: string;
  readonly page?: string | undefined;
  readonly pageProblem?: string | undefined;
}

export interface GatewayLinks {
  /**
   * Registers, and keeps the key that was made for it. Throws GATEWAY_ADDRESS_INVALID, GATEWAY_UNREACHABLE, what the gateway refuses
   * with, and what the disk says; nothing is kept then.
   */
  register(wish: RegisterWish): Promise<Registered>;
  /** Begins, or begins anew, with what is kept; nothing where nothing is. */
  begin(): Promise<void>;
  /** Tells the gateway where it can, and forgets the key. Done twice it is done once. */
  forget(): Promise<void>;
  /** As it stands; undefined where nothing is kept. */
  link(): GatewayLink | undefined;
  /** What the gateway is told next. */
  say(status: ProjectStatus): void;
  /** Told when the link stands otherwise. */
  onChange(listener: () => void): Dispose;
}

export interface RegistrationPorts {
  readonly gateway: GatewayLinks;
  /** Of this Musher. */
  readonly version: string;
}
