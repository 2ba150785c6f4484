/** What settings need from outside: the config files of this project, read, checked and watched. */
import type { Config, ProfileConfig } from '../../../preload/contract/config.ts';
import type { ConfigFile } from '../../../preload/contract/settings.ts';
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

export interface ConfigFiles {
  files(): readonly ConfigFile[];
  /** The user's own go before a repository's of the same name. */
  profiles(): readonly ConfigProfile[];
  /** What the files say, each when it was last good; the user's own first. */
  configs(): readonly GoodConfig[];
  /** Told after each change that was read, good or bad; the listener must not throw. */
  onChange(listener: () => void): Dispose;
}
