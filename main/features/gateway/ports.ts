/** The gateway's outside: the pages of its projects, and whoever keeps the links to them. */
import type {
  ProjectLink,
  ProjectStatus,
  RegisteredProject,
} from '../../../preload/contract/gateway-facts.ts';
import type { Dispose } from '../../base/disposable.ts';
import type { Result } from '../../base/result.ts';

export interface GatewayPorts {
  /**
   * Whether that project answers at that address, seen from here; its address as it is kept. Refuses with GATEWAY_ADDRESS_INVALID,
   * GATEWAY_ADDRESS_UNREACHED.
   */
  readonly reach: (address: string, project: string) => Promise<Result<string>>;
  /** Told once the hub has started: what the links are kept by. */
  readonly opened: (door: GatewayDoor) => void;
}

/** Who comes to register, as `/link/register` has it. */
export interface RegisterAsk {
  /** SHA-256 of the registration token, in hexadecimal digits. */
  readonly invite: string;
  /** Of the key that the project will show, and of the one that it had. */
  readonly key: string;
  readonly before?: string | undefined;
  readonly project: string;
  readonly repository: string;
  readonly mcp: RegisteredProject['mcp'];
  readonly name?: string | undefined;
  readonly address?: string | undefined;
}

/** The gateway as the links to its projects use it. */
export interface GatewayDoor {
  /** Throws REGISTER_TOKEN_INVALID, PROJECT_REGISTERED, PROJECT_LIMIT, GATEWAY_ADDRESS_*. */
  join(ask: RegisterAsk): Promise<{ readonly id: string; readonly name: string }>;
  /** The project takes itself out. */
  leave(id: string): Promise<void>;
  /** By name. */
  projects(): readonly RegisteredProject[];
  /** The project of a key's hash; undefined where nobody knows it. */
  projectOf(key: string): RegisteredProject | undefined;
  linkOf(id: string): ProjectLink | undefined;
  /** What is true of it from now on; what is left out stays. Of a project that was removed nothing is kept. */
  saw(id: string, seen: Partial<ProjectLink>): void;
  heard(id: string, status: ProjectStatus): void;
  /** Looks whether that project answers at that address; what came of it is part of its link. */
  look(id: string, address: string): Promise<void>;
  /** Told when a project came, went, has another name or key, or is connected or no longer. */
  onChange(listener: () => void): Dispose;
}
