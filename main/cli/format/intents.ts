import type { IntendedFile, IntentRecord, Region } from '../../../preload/contract/intents.ts';
import type { Formatters } from './formatter.ts';
import { indented, oneLine, plainText } from './plain-text.ts';
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
      : intents.map((intent) => formatIntent(intent, view)).join('\n\n'),
} satisfies Formatters;

function formatIntent(intent: IntentRecord, view: View) {
  const { agent, files, summary, exclusive, declaredMs, untilMs } = intent;
  const { style } = view;
  const age = style.dim(`${ageOf(declaredMs, view)}, ends ${ageOf(untilMs, view)}`);
  const claimed = exclusive ? ` ${style.yellow('claimed')}` : '';
  const paths = files.map((file) => `  ${sayFile(file)}`);
  const head = `${style.bold(oneLine(agent))}${claimed} ${age}`;
  return [head, indented(plainText(summary)), ...paths].join('\n');
}

function sayFile(file: IntendedFile): string {
  if (typeof file === 'string') return oneLine(file);
  const regions = file.regions.map(sayRegion).join(', ');
  return regions === '' ? oneLine(file.path) : oneLine(`${file.path}: ${regions}`);
}

function sayRegion(region: Region): string {
  if (region.kind === 'range') return `lines ${region.startLine} to ${region.endLine}`;
  return `${region.kind} ${region.kind === 'block' ? region.anchor : region.name}`;
}
