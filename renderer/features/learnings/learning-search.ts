/** Which notes and findings fit what was typed: all of its words, wherever they stand. Pure. */
import type { FindingRecord } from '../../../preload/contract/findings.ts';
import type { LearningRecord } from '../../../preload/contract/learning-records.ts';
import { findingTitles, sayFinding, toldFindings } from '../../../preload/contract/say-finding.ts';

/** Of each category: more than the file has, and all that anybody reads. */
const shownOfCategory = 60;

/** Newest first. */
export function shownNotes(all: readonly LearningRecord[], typed: string): LearningRecord[] {
  const words = toWords(typed);
  return all
    .filter(({ text, by, others = [] }) => fits(`${text} ${by} ${others.join(' ')}`, words))
    .sort((a, b) => (b.lastMs ?? b.atMs) - (a.lastMs ?? a.atMs));
}

/** By category, the weightiest first. */
export function shownFindings(all: readonly FindingRecord[], typed: string): FindingRecord[] {
  const words = toWords(typed);
  return toldFindings(all, shownOfCategory).filter((one) =>
    fits(`${findingTitles[one.category]} ${sayFinding(one)} ${one.agents.join(' ')}`, words),
  );
}

const toWords = (typed: string) => typed.toLowerCase().split(/\s+/).filter(Boolean);

function fits(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
