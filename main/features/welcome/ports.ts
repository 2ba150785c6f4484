/** What the welcome page's door needs of this machine and of the app. Each look ends with its signal. */
import type { DoctorCheck } from '../../../preload/contract/doctor.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { KeptPlace } from '../../../preload/contract/welcome.ts';

export interface FolderFacts {
  /** Absolute; links in it as they were typed. */
  readonly path: string;
  /** The same with links resolved, where it is there. */
  readonly real?: string;
  readonly kind: 'folder' | 'file' | 'none';
  readonly repository?: FoundRepository;
  /** Why it is no repository that can be opened: REPOSITORY_*, GIT_*. */
  readonly refusal?: WireError;
  /** Of what is not there: the repository that it would lie in. */
  readonly near?: string;
}

export interface FoundRepository {
  readonly root: string;
  /** The shared git folder. */
  readonly commonDir: string;
  readonly isOpenHere: boolean;
  /** Its page at another Musher that has it open. */
  readonly url?: string;
}

export interface OfferedFolders {
  readonly folders: ReadonlyArray<{ readonly path: string; readonly isRepository: boolean }>;
  readonly isCut: boolean;
}

export interface OpenedProject {
  readonly project: string;
  readonly root: string;
}

export interface WelcomePorts {
  readonly host: 'browser' | 'desktop';
  /** Links resolved. */
  readonly home: string;
  /** What was named and could not be opened, or where it was started. */
  readonly asked: string | undefined;
  /** Never throws for what is found. */
  look(typed: string, signal: AbortSignal): Promise<FolderFacts>;
  folders(typed: string, signal: AbortSignal): Promise<OfferedFolders>;
  /** Newest first. */
  recent(): readonly string[];
  forget(path: string): void;
  /** Of no repository: those of every one. */
  places(repository?: FoundRepository): readonly KeptPlace[];
  programs(signal: AbortSignal): Promise<readonly DoctorCheck[]>;
  /** The system's own dialog; undefined where there is none. */
  readonly choose: (() => Promise<string | undefined>) | undefined;
  /** Throws REPOSITORY_*, LOG_DAMAGED, STORE_FAILED, DEMO_ALONE. */
  open(path: string): Promise<OpenedProject>;
  /** `isRepository`: it is one without a commit. Throws GIT_*. */
  make(
    path: string,
    ask: { readonly isRepository: boolean; readonly signal: AbortSignal },
  ): Promise<void>;
  openDemo(): Promise<OpenedProject>;
  demoObstacle(): WireError | undefined;
}
