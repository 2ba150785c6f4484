import { findingTitles } from '../../../preload/contract/say-finding.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { indented, oneLine } from './plain-text.ts';
import { ageOf, type View } from './view.ts';

type Listed = ResultOf<'learning.list'>;
type Note = Listed['learnings'][number];
type Finding = Listed['findings'][number];

export const learningFormats = {
  'learning.add': ({ learning }) => `Noted as ${oneLine(learning)}.`,
  'learning.announce': ({ learning }) => `Noted as ${oneLine(learning)}.`,
  'learning.drop': ({ id }) => `Dropped ${oneLine(id)}.`,
  'learning.promote': ({ learning }) => `Noted as ${oneLine(learning)}.`,
  'learning.list': ({ learnings, findings, omitted, file }, view) => {
    const parts = [
      ...(omitted === undefined
        ? []
        : [view.style.dim(`${omitted} older ones are left out: --limit`)]),
      ...learnings.map((note) => noteText(note, view)),
      ...findingTexts(findings, view),
      ...(file?.state === 'failed' ? [view.style.red(sayProblem(file))] : []),
    ];
    if (parts.length > 0) return parts.join('\n\n');
    return 'Nothing noted and nothing counted yet. Note something: musher learn "the tests need a running redis"';
  },
} satisfies Formatters;

function noteText(note: Note, view: View): string {
  const { id, by, others = [], count = 1, atMs, lastMs = atMs, text } = note;
  const who = [by, ...others].map((actor) => oneLine(actor.replace(/^agent:/, ''))).join(', ');
  const often = count === 1 ? '' : `, ${count} times`;
  const { bold, dim } = view.style;
  return `${bold(oneLine(id))} ${dim(`${who}, ${ageOf(lastMs, view)}${often}`)}\n${indented(text)}`;
}

/** One block for each category, under its heading. */
function findingTexts(findings: readonly Finding[], view: View): string[] {
  const { bold, dim } = view.style;
  const byCategory = Map.groupBy(findings, ({ category }) => category);
  return [...byCategory].map(([category, all]) => {
    const lines = all.map(({ id, text, lastMs }) => {
      return `  ${dim(oneLine(id))} ${oneLine(text)} ${dim(`(${ageOf(lastMs, view)})`)}`;
    });
    return [bold(findingTitles[category]), ...lines].join('\n');
  });
}

function sayProblem({ problem = '', mend = '' }: NonNullable<Listed['file']>): string {
  return `${oneLine(problem)} ${oneLine(mend)}`;
}
