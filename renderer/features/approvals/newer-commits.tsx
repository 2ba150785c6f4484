import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { sayNewer } from '../../../preload/contract/say-lifecycle.ts';
import { classNames } from '../../ui/class-names.ts';
import { shortId } from '../../ui/short-id.ts';

interface NewerCommitsProps {
  approval: ApprovalRecord;
  /** Where there is little room: `2 newer`. */
  isShort?: boolean;
  className?: string;
}

/** Its agent went on since it asked; a yes is for what was asked. Nothing where it did not. */
export function NewerCommits({ approval, isShort, className }: NewerCommitsProps) {
  const { newer, state, pin } = approval;
  const said = isUndecided(state) ? sayNewer(newer) : undefined;
  if (said === undefined || newer === undefined) return null;
  return (
    <span
      className={classNames('shrink-0 text-amber', className)}
      title={`${said}, which is at ${shortId(newer.tip)}. A yes is for ${shortId(pin.commit)}, as asked.`}
    >
      {isShort ? `${newer.count} newer` : said}
      {isShort && <span className="sr-only"> on its branch</span>}
    </span>
  );
}
