import { Check, X } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shortId } from '../../ui/short-id.ts';
import type { Gate } from './approve-gate.ts';

interface DecideLineProps {
  approval: ApprovalRecord;
  gate: Gate;
  onApprove: () => void;
  onDeny: () => void;
}

/** Yes and no side by side, with exactly what a yes is for. */
export function DecideLine({ approval: { pin }, gate, onApprove, onDeny }: DecideLineProps) {
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-end gap-x-3 gap-y-1 px-4 py-2">
      <span className="min-w-0 flex-1 basis-24 truncate text-muted">
        {!gate.isOpen && gate.reason}
      </span>
      <Button icon={X} shortcut="d" onClick={onDeny}>
        Deny
      </Button>
      <Button
        look="primary"
        icon={Check}
        shortcut="a"
        disabled={!gate.isOpen}
        onClick={onApprove}
        className="max-w-full min-w-0"
      >
        Approve
        <code className="min-w-0 truncate text-sm">
          {shortId(pin.commit)} → {toPlainLine(pin.target)}
        </code>
      </Button>
    </div>
  );
}
