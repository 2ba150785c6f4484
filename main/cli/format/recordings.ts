import type { Recording } from '../../../preload/contract/recordings.ts';
import { formatDuration } from '../durations.ts';
import { formatBytes } from './bytes.ts';
import type { Formatters } from './formatter.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

export const recordingFormats = {
  'recording.list': ({ recordings }, view) =>
    recordings.length === 0
      ? 'Nothing was recorded.'
      : table(
          ['AGENT', 'SESSION', 'BEGAN', 'LENGTH', 'SIZE', 'STATE'],
          recordings.map((one) => recordingRow(one, view)),
          view,
        ),
} satisfies Formatters;

function recordingRow(recording: Recording, view: View): Cell[] {
  const { agent, session, startMs, durationMs, sizeBytes, isRunning } = recording;
  return [
    { text: agent, paint: view.style.bold },
    String(session),
    ageOf(startMs, view),
    formatDuration(Math.round(durationMs / 1000) * 1000),
    formatBytes(sizeBytes),
    isRunning
      ? { text: 'recording', paint: view.style.green }
      : { text: 'ended', paint: view.style.dim },
  ];
}
