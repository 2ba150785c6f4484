/** What learnings need from outside: the file that a team shares. */
import type { LearningRecord } from '../../../preload/contract/learnings.ts';

export interface LearningsFile {
  /** Adds it at the end; one that is in the file already is left alone. Throws FILE_FAILED with the file as it was. */
  append(learning: LearningRecord): Promise<void>;
}
