/** What stories need from the outside. */
import type { GoodConfig } from '../settings/index.ts';
import type { Fields } from './fields.ts';

/** A story as a file or an issue has it, checked. */
export interface ImportItem {
  /** How it is found again: of its front matter, its path, or the address. */
  readonly key: string;
  /** For a person: a path, with the line of what is at fault; or an address. */
  readonly name: string;
  /** What others of the same import may call it in their dependencies, besides its key. */
  readonly aliases: readonly string[];
  /** What it says; what is left out stays as it is, or as a new story has it. */
  readonly fields: Fields & { readonly title: string };
  /** Ids of stories, keys, or aliases. */
  readonly dependsOn?: readonly string[] | undefined;
  /** An issue that is closed makes no story. */
  readonly isClosed: boolean;
}

export interface ImportRead {
  readonly items: readonly ImportItem[];
  /** Each names the file, the line where there is one, what was expected and what was found. */
  readonly faults: readonly string[];
  /** Left out without a fault: pull requests. */
  readonly skipped: number;
}

export interface StoryFiles {
  /** Reads and checks files, and those in folders. Rejects with STORY_IMPORT_UNREADABLE where one cannot be read, or they are too many or too large. */
  read(paths: readonly string[], signal: AbortSignal): Promise<ImportRead>;
}

export interface StoriesPorts {
  readonly storyFiles: StoryFiles;
  /** For the board. */
  readonly config: {
    configs(): readonly GoodConfig[];
    onChange(listener: () => void): () => void;
  };
}
