/** What settings need from outside: the config files of this project, read, checked and watched. */
import type { Config, ConfigProblem, ProfileConfig } from '../../../preload/contract/config.ts';
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import type { Dispose } from '../../base/disposable.ts';

/** A profile of a config file, when that was last good. */
export interface ConfigProfile {
  readonly name: string;
  readonly origin: ConfigFile['origin'];
  readonly config: ProfileConfig;
  /** SHA-256 over what it says and the repository that it is of: another word, another hash. */
  readonly hash: string;
}

/** A config file that applies, as it was when it was last good. */
export interface GoodConfig extends Pick<ConfigFile, 'path' | 'origin'> {
  readonly config: Config;
}

export type ConfigValue =
  | string
  | number
  | boolean
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };
export type Values = Readonly<Record<string, ConfigValue>>;

/** What a file says, and no default, when it was last good. */
export interface SaidFile {
  readonly origin: Origin;
  readonly path: string;
  readonly values: Values;
}

export interface ConfigFiles {
  files(): readonly ConfigFile[];
  /** The user's own go before a repository's of the same name. */
  profiles(): readonly ConfigProfile[];
  /** What the files say, each when it was last good; the user's own first. */
  configs(): readonly GoodConfig[];
  /** The user's own first. */
  said(): readonly SaidFile[];
  /** Reads them now: what was written before is known then. */
  refresh(): Promise<void>;
  /** Told after each change that was read, good or bad; the listener must not throw. */
  onChange(listener: () => void): Dispose;
}

export interface ConfigEdit {
  /** A number is the place of a row in a list. */
  readonly path: ReadonlyArray<string | number>;
  /** Left out: it is taken away. */
  readonly value?: ConfigValue | undefined;
  /** Of a table that is new: under a heading of its own. */
  readonly asSection?: boolean | undefined;
}

/** The files themselves, to be changed. */
export interface SettingsStore {
  /** Empty where there is no file. Throws SETTINGS_FILE. */
  look(origin: Origin): Promise<{ path: string; text: string; hash: string }>;
  /** By the very schema that reads the files; no values where it is no TOML. */
  check(
    text: string,
    origin: Origin,
  ): { readonly values: Values; readonly problems: readonly ConfigProblem[] };
  /** The text with these edits and nothing else touched: comments and order stay. */
  patch(
    text: string,
    edits: readonly ConfigEdit[],
  ): { readonly text: string } | { readonly fault: string };
  /** False: it says something else than what the hash is of; nothing was changed then. Throws SETTINGS_FILE. */
  write(
    origin: Origin,
    ask: { readonly fromHash: string; readonly text: string },
  ): Promise<boolean>;
  /** Whether git keeps its versions. */
  isTracked(origin: Origin): Promise<boolean>;
  /** As a person types it: `prices."a.b".input`; undefined where it is no key. */
  key(typed: string): readonly string[] | undefined;
  /** A value as TOML has it; undefined where it is none. */
  value(typed: string): ConfigValue | undefined;
}
