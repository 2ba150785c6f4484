import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import {
  isBlocked,
  sayNewer,
  sayPreview,
  sayWithdrawal,
} from '../../../preload/contract/say-lifecycle.ts';
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import type { Style } from './view.ts';

export const lifecycleFormats = {
  'approval.preview': (preview, { style }) => {
    const { approval, target, isForward, files, fileCount } = preview;
    const { tone, text } = sayPreview(preview);
    const paint = { muted: style.green, amber: style.yellow, red: style.red }[tone];
    const lines = [paint(oneLine(text)), ...files.map((path) => `  ${oneLine(path)}`)];
    if (fileCount > files.length) lines.push(`  and ${fileCount - files.length} more`);
    if (!isForward && !isBlocked(preview))
      lines.push(style.dim(`${oneLine(target)} cannot go forward to it: ff-only is refused`));
    if (isBlocked(preview))
      lines.push(`→ Send it back: musher deny ${oneLine(approval)} rebase onto ${oneLine(target)}`);
    return lines.join('\n');
  },
} satisfies Formatters;

/** For a list. */
export function stateWords({ state, newer }: ApprovalRecord): string {
  return newer !== undefined && newer.count > 0 && isUndecided(state)
    ? `${state}, ${newer.count} newer`
    : state;
}

/** What became of it while it waited. */
export function lifecycleLines(
  { state, newer, withdrawal }: ApprovalRecord,
  style: Style,
): string[] {
  const said = isUndecided(state) ? sayNewer(newer) : undefined;
  const lines =
    said === undefined || newer === undefined
      ? []
      : [`  ${style.yellow(`${said}, which is at ${oneLine(newer.tip).slice(0, 12)}`)}`];
  if (withdrawal !== undefined)
    lines.push(`  withdrawn by Musher: ${oneLine(sayWithdrawal(withdrawal))}`);
  return lines;
}
