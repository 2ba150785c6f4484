/** What proposals need from outside: the file in the operator's checkout, and git's objects and refs. */
import type { ConfigProblem } from '../../../preload/contract/config.ts';
import type { Result } from '../../base/result.ts';
import type { Dispose } from '../../base/disposable.ts';
import type { Values } from './changes.ts';

export interface SeenFile {
  /** Empty where there is no file. */
  readonly text: string;
  /** SHA-256 of it, in hex. */
  readonly hash: string;
}

export interface VersionAsk {
  /** The version before; undefined: it is the first. */
  readonly parent: string | undefined;
  readonly text: string;
  readonly message: string;
}

export interface FileMove {
  /** The newest version, and the one that is to be. */
  readonly from: string;
  readonly to: string;
  /** What the file says at either. */
  readonly fromHash: string;
  readonly toHash: string;
}

/** All throw CONFIG_PLACE where the file is none of the repository's own, GIT_*, or what the signal was aborted with. */
export interface ConfigStore {
  /** As it is shown: `.musher/config.toml`. */
  readonly path: string;
  look(): Promise<SeenFile>;
  /** Objects alone: no ref, no index, no file. */
  makeVersion(ask: VersionAsk, signal?: AbortSignal): Promise<SeenFile & { commit: string }>;
  /** What the file says at a version. Throws CONFIG_VERSION_GONE. */
  textAt(commit: string, signal?: AbortSignal): Promise<string>;
  /** What any commit has at the file's place; `place` where that is no plain file that can be read. */
  fileAt(commit: string, signal?: AbortSignal): Promise<{ text: string; place?: string }>;
  diff(
    ask: { from: string | undefined; to: string },
    signal?: AbortSignal,
  ): Promise<{ patch: string }>;
  /** The text of `theirs` over that of `ours`, from where they parted; undefined: they conflict. */
  merged(ask: { ours: string; theirs: string }, signal?: AbortSignal): Promise<string | undefined>;
  /** Keeps the commit of a proposal by a ref, wherever that was before. */
  keep(proposal: string, commit: string): Promise<void>;
  /** Moves the ref of what applies, and no file. Idempotent. Throws CONFIG_REF_MOVED. */
  note(ask: { from: string | undefined; to: string }): Promise<void>;
  /** Moves the ref, then the file, or neither. Idempotent. Throws CONFIG_EDITED, CONFIG_REF_MOVED. */
  write(move: FileMove): Promise<void>;
  /** Takes away what a crash left half, and the refs of proposals that nobody remembers. */
  sweep(isRemembered: (proposal: string) => boolean): Promise<void>;
}

/** What a text of the file says, by the very schema that reads it. */
export interface ConfigCheck {
  /** `values`: whatever of it is TOML; none where it is not. */
  check(text: string): { readonly values: Values; readonly problems: readonly ConfigProblem[] };
  /** The text with these keys set and nothing else touched, or PROPOSAL_SET. */
  set(text: string, sets: readonly string[]): Result<string>;
}

export interface ProposalsPorts {
  readonly configStore: ConfigStore;
  readonly configCheck: ConfigCheck;
  readonly config: { onChange(listener: () => void): Dispose };
}
