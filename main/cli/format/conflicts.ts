import type { IntendedFile, IntentRecord, Region } from '../../../preload/contract/intents.ts';
import type { Formatters } from './formatter.ts';
import { indented, oneLine, plainText } from './plain-text.ts';
import { ageOf, type View } from './view.ts';

export const conflictFormats = {
  'intent.declare': ({ untilMs }, view) =>
    `Told to the others; counts until ${ageOf(untilMs, view)}.`,
  'intent.list': ({ intents }, view) =>
    intents.length === 0
      ? 'Nobody said what it is about to change.'
      : intents.map((intent) => formatIntent(intent, view)).join('\n\n'),
} satisfies Formatters;

function formatIntent({ agent, files, summary, declaredMs, untilMs }: IntentRecord, view: View) {
  const { style } = view;
  const age = style.dim(`${ageOf(declaredMs, view)}, until ${ageOf(untilMs, view)}`);
  const paths = files.map((file) => `  ${sayFile(file)}`);
  return [`${style.bold(oneLine(agent))} ${age}`, indented(plainText(summary)), ...paths].join(
    '\n',
  );
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
