import type { CheckState, DoctorCheck, DoctorReport } from '../../../preload/contract/doctor.ts';
import { redacted, sayStates, worstFirst } from '../../../preload/contract/say-doctor.ts';
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import type { Style, View } from './view.ts';

export const doctorFormats = { 'doctor.check': formatReport } satisfies Formatters;

const stateWidth = 'problem'.length + 2;

/** The worst last, where the eye is when a command has ended. Paths stay whole: they are there to be typed. */
function formatReport(report: DoctorReport, { style }: View): string {
  const { checks, version, platform, repository, byMusher } = report;
  const width = Math.max(...checks.map(({ title }) => title.length)) + 2;
  const rows = worstFirst(checks)
    .toReversed()
    .flatMap((check) => rowLines(check, width, style));
  const asked = byMusher ? '' : ' (no Musher was asked)';
  return redacted(
    [
      style.bold(`Musher ${oneLine(version)} on ${oneLine(platform)}`),
      `${oneLine(repository)}${asked}`,
      '',
      ...rows,
      '',
      style.bold(sayStates(checks)),
    ].join('\n'),
    '',
  );
}

function rowLines(check: DoctorCheck, width: number, style: Style): string[] {
  const { state, title, found, remedy, details = [] } = check;
  const paint = paintOf(state, style);
  const indent = ' '.repeat(stateWidth);
  const shown = state === 'ok' ? [] : details;
  return [
    `${paint(state.padEnd(stateWidth))}${oneLine(title).padEnd(width)}${oneLine(found)}`,
    ...shown.map((one) => style.dim(`${indent}  ${oneLine(one)}`)),
    ...(remedy === undefined ? [] : [`${indent}→ ${oneLine(remedy)}`]),
  ];
}

function paintOf(state: CheckState, style: Style) {
  const paints = {
    ok: style.green,
    warning: style.yellow,
    problem: style.red,
    unknown: style.blue,
  };
  return paints[state];
}
