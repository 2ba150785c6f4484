import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import type { Formatters } from './formatter.ts';
import { indented, oneLine, plainText } from './plain-text.ts';
import { ageOf, type View } from './view.ts';

export const permissionFormats = {
  'permission.ask': (permission, view) => formatPermission(permission, view),
  'permission.get': (permission, view) => formatPermission(permission, view),
  'permission.allow': ({ permission }) => `Allowed ${oneLine(permission)}.`,
  'permission.deny': ({ permission }) => `Refused ${oneLine(permission)}.`,
  'permission.return': ({ permission }) => `${oneLine(permission)} is left to its own terminal.`,
  'permission.list': ({ permissions }, view) =>
    permissions.length === 0
      ? 'No agent asks for a permission.'
      : permissions.map((one) => formatPermission(one, view)).join('\n\n'),
  'permission.rules': ({ rules }, view) =>
    rules.length === 0
      ? 'No agent is always allowed anything.'
      : rules
          .map(
            ({ id, agent, tool, subject, sinceMs }) =>
              `${oneLine(id)} ${oneLine(agent)} may use ${oneLine(tool)} ${view.style.dim(ageOf(sinceMs, view))}\n${indented(subject)}`,
          )
          .join('\n'),
} satisfies Formatters;

function formatPermission(permission: PermissionRecord, view: View): string {
  const { id, agent, tool, subject, input, risk, reasons, state, note } = permission;
  const { style } = view;
  const paint = risk === 'high' ? style.red : risk === 'medium' ? style.yellow : style.green;
  const lines = [
    `${style.bold(oneLine(id))} ${oneLine(agent)} asks to use ${oneLine(tool)} ${style.dim(ageOf(permission.askedMs, view))} ${style.dim(state)}`,
    indented(subject),
    `  ${paint(`${risk} risk`)}${reasons.length === 0 ? '' : `: ${reasons.map(oneLine).join(', ')}`}`,
  ];
  if (input !== '' && input !== subject) lines.push(indented(input));
  // What is approved is what was seen.
  if (plainText(input) !== input)
    lines.push(style.red('  It has characters that cannot be seen here; --json shows them.'));
  if (note !== undefined) lines.push(`  told: ${oneLine(note)}`);
  return lines.join('\n');
}
