import { Fingerprint } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { Pin } from '../../../preload/contract/approvals.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { CopyId } from './copy-id.tsx';

/** All that a yes is pinned to, for whoever checks it. */
export function PinPopover({ pin }: { pin: Pin }) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton
          icon={Fingerprint}
          label="What a yes is for: commit, tree and base"
          className="size-6"
        />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="What a yes is for"
          className="appear z-40 max-w-[calc(100vw-16px)] rounded-lg border border-line-strong bg-bg p-3 shadow-float outline-none"
        >
          <p className="max-w-100 pb-2 text-sm text-muted">
            A yes is for exactly this commit and what it holds, from this base. If any of them
            changes, it is asked anew.
          </p>
          <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-3 text-sm text-muted">
            {(['commit', 'tree', 'base'] as const).map((what) => (
              <div key={what} className="contents">
                <dt className="capitalize">{what}</dt>
                <dd className="flex h-7 min-w-0 items-center">
                  <CopyId id={pin[what]} what={what} isWhole />
                </dd>
              </div>
            ))}
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
