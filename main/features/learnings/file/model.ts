/** What is to stand in the file: all notes that are remembered, and of each category the weightiest findings. Pure. */
import { agentIdOf } from '../../../../preload/contract/agent-id.ts';
import type { FindingRecord } from '../../../../preload/contract/findings.ts';
import type { LearningRecord } from '../../../../preload/contract/learning-records.ts';
import { isTold, sayFinding, toldFindings } from '../../../../preload/contract/say-finding.ts';
import type { LearningsState } from '../slice.ts';
import type { FileItem } from './items.ts';
import { markdownLines } from './markdown.ts';
import { notes } from './sections.ts';
import type { FileModel } from './sync.ts';

/** Of each category. */
const findingsInFile = 20;

export function toFileModel(state: LearningsState, findings: readonly FindingRecord[]): FileModel {
  const told = toldFindings(findings, findingsInFile);
  const isDropped = (one: FindingRecord) => one.dropped !== undefined && !isTold(one);
  return {
    items: [...state.byId.values().map(toNote), ...told.map(toFinding)],
    dropped: [...(state.dropped ?? []), ...findings.filter(isDropped)],
  };
}

function toNote(note: LearningRecord): FileItem {
  const { id, text, by, atMs, count = 1, others = [], lastMs = atMs } = note;
  const who = [by, ...others].map((actor) => agentIdOf(actor) ?? actor).join(', ');
  const often = count === 1 ? '' : `, ${count} times`;
  return { id, section: notes, count, lines: ended(text, `(${who}, ${dayOf(lastMs)}${often})`) };
}

function toFinding(finding: FindingRecord): FileItem {
  const { id, category: section, count, lastMs } = finding;
  return { id, section, count, lines: ended(sayFinding(finding), `(${dayOf(lastMs)})`) };
}

function ended(text: string, end: string): string[] {
  const lines = markdownLines(text);
  return lines.map((line, at) => (at === lines.length - 1 ? `${line} ${end}` : line));
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
