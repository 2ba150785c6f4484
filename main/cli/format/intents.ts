import type { IntendedFile, IntentRecord, Region } from '../../../preload/contract/intents.ts';
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, wrappedTable } from './table.ts';
import { ageOf, type View } from './view.ts';

export const intentFormats = {
  'intent.declare': ({ untilMs, overlaps }, view) => {
    const told = `Told to the others; ends ${ageOf(untilMs, view)}.`;
    const others = overlaps.map(
      ({ agent, files }) =>
        `${view.style.yellow(oneLine(agent))} too: ${files.map(oneLine).join(', ')}`,
    );
    return [told, ...others].join('\n');
  },
  'intent.release': () => 'Released.',
  'intent.steal': ({ files }) => `Taken: ${files.map(oneLine).join(', ')}.`,
  'intent.list': ({ intents }, view) =>
    intents.length === 0
      ? 'Nobody said what it is about to change.'
      : wrappedTable(
          ['AGENT', 'HOW', 'SINCE', 'ENDS', 'WHAT'],
          intents.flatMap((intent) => rowsOf(intent, view)),
          view,
        ),
} satisfies Formatters;

/** Why, and below it where; one row for each. */
function rowsOf(intent: IntentRecord, view: View): Cell[][] {
  const { agent, files, summary, exclusive, declaredMs, untilMs } = intent;
  const { style } = view;
  const facts: Cell[] = [
    { text: agent, paint: style.bold },
    exclusive ? { text: 'claimed', paint: style.yellow } : 'said',
    ageOf(declaredMs, view),
    ageOf(untilMs, view),
  ];
  const blank = facts.map(() => '');
  return [[...facts, summary], ...files.map((file) => [...blank, sayFile(file)])];
}

function sayFile(file: IntendedFile): string {
  if (typeof file === 'string') return file;
  const regions = file.regions.map(sayRegion).join(', ');
  return regions === '' ? file.path : `${file.path}: ${regions}`;
}

function sayRegion(region: Region): string {
  if (region.kind === 'range') return `lines ${region.startLine} to ${region.endLine}`;
  return `${region.kind} ${region.kind === 'block' ? region.anchor : region.name}`;
}
