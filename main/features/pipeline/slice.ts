/** What the pipeline remembers: its switch, what is about to begin, what is in work, and whom it made. */
import type { Actor } from '../../../preload/contract/envelope.ts';
import { pipeline as contract } from '../../../preload/contract/pipeline.ts';
import { Table } from '../../../preload/contract/table.ts';
import { selectorOf } from '../../hub/feature.ts';

/** A story that has been chosen to begin, until it is handed to its agent. It takes a slot. */
export interface Claim {
  readonly agent: string;
  readonly profile: string;
  /** Its agent is there. */
  readonly isAdded: boolean;
}

export interface Handed {
  readonly agent: string;
  readonly session: number;
  /** Its program was started for it. */
  readonly starts: boolean;
  readonly atMs: number;
}

/** Of a story that is in work, or was and may come back. */
export interface Work {
  /** To whom it was given, in which session; only while it is in coding. */
  readonly handed?: Handed;
  /** What the end of that session leads to. */
  readonly ended?:
    | { readonly to: 'submit'; readonly session: number; readonly commit: string }
    | { readonly to: 'block'; readonly session: number; readonly reason: string };
  /** What its agent is told when it gets it next, besides what the story says. */
  readonly back?: string;
  /** Its agent was told to go on in this session. */
  readonly kickedIn?: number;
  /** When its agent was reminded last that it is not done, Unix ms. */
  readonly remindedMs?: number;
  /** How often it was given back, or its agent reminded. */
  readonly attempts: number;
  /** Ends in a row that changed nothing. */
  readonly same: number;
  /** How often in a row its agent could not be made. */
  readonly fails: number;
  /** Where its branch and files stood when it was handed over, or at the last end. */
  readonly commit?: string;
  readonly tree?: string;
}

/** Agents of a profile could not be made just now. */
export interface Stall {
  readonly story: string;
  readonly what: string;
  readonly tries: number;
  readonly untilMs: number;
}

/** An agent that was made for a story. */
export interface Own {
  readonly story: string;
  /** The newest session that worked on it: one that somebody else began is not ended. */
  readonly session: number;
}

export interface PipelineState {
  readonly isOn: boolean;
  readonly sinceMs?: number;
  readonly by?: Actor;
  readonly reason?: string;
  /** By story. */
  readonly claims: Table<Claim>;
  readonly works: Table<Work>;
  /** By profile. */
  readonly stalls: Table<Stall>;
  /** By agent. */
  readonly own: Table<Own>;
}

export const initialPipeline: PipelineState = {
  isOn: false,
  ...{ claims: Table.empty(), works: Table.empty(), stalls: Table.empty(), own: Table.empty() },
};

export const newWork: Work = { attempts: 0, same: 0, fails: 0 };

export const selectPipeline = selectorOf<PipelineState>(contract);
