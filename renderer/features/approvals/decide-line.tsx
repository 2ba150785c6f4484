import { Check, X } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { type Gate, shortCommit } from './approve-gate.ts';

interface DecideLineProps {
  approval: ApprovalRecord;
  gate: Gate;
  checkout: { readonly path: string; readonly clean: boolean } | undefined;
  updateCheckout: boolean;
  onUpdateCheckout: (updateCheckout: boolean) => void;
  onApprove: () => void;
  onDeny: () => void;
}

/** Yes and no side by side, with exactly what a yes is for. */
export function DecideLine(props: DecideLineProps) {
  const { approval, gate, checkout, updateCheckout } = props;
  const { pin, state } = approval;
  return (
    <div className="@container flex min-h-12 items-center gap-3 px-4 py-2">
      <div className="flex min-w-0 flex-1 items-center gap-3 overflow-hidden text-muted">
        {!gate.isOpen && <span className="truncate">{gate.reason}</span>}
        {gate.isOpen && checkout && (
          <CheckoutOption
            {...{ checkout, updateCheckout }}
            target={pin.target}
            onChange={props.onUpdateCheckout}
          />
        )}
      </div>
      <Button icon={X} shortcut="d" onClick={props.onDeny}>
        Deny
      </Button>
      <Button
        // After a conflict a yes rarely helps: it is there, and not loud.
        look={state === 'conflicted' ? 'normal' : 'primary'}
        icon={Check}
        shortcut="a"
        disabled={!gate.isOpen}
        onClick={props.onApprove}
      >
        {state === 'pending' ? 'Approve' : 'Approve again'}
        <code className="text-sm">
          {shortCommit(pin.commit)} → {toPlainLine(pin.target)}
        </code>
      </Button>
    </div>
  );
}

interface CheckoutOptionProps {
  checkout: { readonly path: string; readonly clean: boolean };
  target: string;
  updateCheckout: boolean;
  onChange: (updateCheckout: boolean) => void;
}

function CheckoutOption({ checkout, target, updateCheckout, onChange }: CheckoutOptionProps) {
  const { path, clean } = checkout;
  return (
    <label
      className="flex min-w-0 items-center gap-2"
      title={`${target} is checked out in ${path}`}
    >
      <input
        type="checkbox"
        checked={updateCheckout}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 shrink-0 accent-(--accent)"
      />
      <span className="shrink-0">Update my checkout</span>
      <code className="min-w-0 truncate text-sm text-faint @max-[760px]:hidden">{path}</code>
      <span
        className={classNames('shrink-0 @max-[620px]:hidden', clean ? 'text-green' : 'text-amber')}
      >
        {clean ? 'clean' : 'uncommitted changes'}
      </span>
    </label>
  );
}
