import { Fingerprint } from 'lucide-react';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { CopyId } from './copy-id.tsx';

/** All that a yes is pinned to, for whoever checks it. */
export function PinPopover({ pin }: { pin: Pin }) {
  return (
    <Popover
      label="What a yes is for"
      trigger={
        <IconButton
          icon={Fingerprint}
          label="What a yes is for: commit, tree and base"
          className="size-6"
        />
      }
    >
      <p className="max-w-100 pb-2 text-sm text-muted">
        A yes is for exactly this commit and what it holds, from this base. If any of them changes,
        it is asked anew.
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
    </Popover>
  );
}
