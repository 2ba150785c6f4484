/** What the pipeline needs from the outside. */
import type { Profile } from '../agents/index.ts';

export interface PipelineSettings {
  /** Of stories that wish for none. */
  readonly profile: string | undefined;
  readonly maxAgents: number;
  readonly maxNoProgress: number;
  readonly maxAttempts: number;
  /** Where a profile has a limit of its own. */
  readonly maxOf: Readonly<Record<string, number>>;
}

/** Where the work of an agent stands. */
export interface WorkFacts {
  /** Tip of its branch; undefined where there is none. */
  readonly commit: string | undefined;
  /** Of all its files as they are on the disk, committed or not; undefined where that cannot be told. */
  readonly tree: string | undefined;
  /** Commits came since `from` that its target does not have. */
  readonly hasNew: boolean;
}

export interface StoryWork {
  /** Reads only. Rejects where git cannot be asked at all. */
  look(ask: {
    readonly worktreePath: string;
    readonly branch: string;
    /** Where it was handed over. */
    readonly from?: string | undefined;
    /** What its branch came from, as a ref. */
    readonly base?: string | undefined;
    readonly signal: AbortSignal;
  }): Promise<WorkFacts>;
}

/** What of a profile matters here. */
export type WorkProfile = Pick<Profile, 'needsCommand' | 'prompt' | 'wakeable'>;

export interface PipelinePorts {
  readonly storyWork: StoryWork;
  readonly profiles: { get(name: string): WorkProfile | undefined };
  readonly settings: () => PipelineSettings;
  /** Told after each change of what config files say; returns the undo. */
  readonly onSettings: (listener: () => void) => () => void;
}
