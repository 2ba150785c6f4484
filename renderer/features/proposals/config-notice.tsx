import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { touchesConfig } from '../../../preload/contract/say-config.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useQuery } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { ChangedKeys } from './changed-keys.tsx';

interface ConfigNoticeProps {
  approval: ApprovalRecord;
  /** All that it changes. */
  files: ReadonlyArray<{ readonly path: string; readonly oldPath?: string | undefined }>;
}

/** Before a yes: the merge changes Musher’s own configuration, key by key; the yes is for that too. */
export function ConfigNotice({ approval, files }: ConfigNoticeProps) {
  if (!isUndecided(approval.state) || !files.some(touchesConfig)) return null;
  return <Notice approval={approval.id} />;
}

function Notice({ approval }: { approval: string }) {
  const { result, error } = useQuery('config.in_approval', { approval });
  const [isOpen, setOpen] = useState(false);
  return (
    <section
      aria-label="Configuration"
      className="flex shrink-0 gap-2 border-b bg-amber-soft px-4 py-1.5 text-amber"
    >
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">This merge changes Musher’s own configuration.</span>{' '}
          <span className="text-selectable min-w-0 text-fg wrap-anywhere">
            {error ? toPlainLine(error.message) : result && sayKeys(result)}
          </span>
          {result && result.changeCount > 0 && (
            <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? 'Hide the values' : 'Show the values'}
            </Button>
          )}
        </div>
        {result && <Faults {...result} />}
        {isOpen && result && (
          <div className="my-1 max-h-64 overflow-y-auto rounded-md border bg-bg px-3 py-2 text-fg">
            <ChangedKeys {...result} />
          </div>
        )}
      </div>
    </section>
  );
}

type InApproval = QueryOutput<'config.in_approval'>;

const namedKeys = 8;

/** The names of its keys, and each thing to be wary of once. */
function sayKeys({ changes, changeCount, hasHidden }: InApproval): string {
  const names = changes.slice(0, namedKeys).map(({ key }) => toPlainLine(key));
  const more = changeCount - names.length;
  const keys = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const wary = new Set(changes.flatMap(({ warning }) => (warning ? [toPlainLine(warning)] : [])));
  const said = [...wary, ...(hasHidden ? ['has invisible characters'] : [])];
  const what = changeCount === 0 ? 'No key of it, only comments or their order' : keys;
  return said.length === 0 ? `${what}.` : `${what}. It ${said.join(', ')}.`;
}

function Faults({ problems, place }: InApproval) {
  const [first] = problems;
  if (place === undefined && first === undefined) return null;
  return (
    <p className="text-selectable text-red wrap-anywhere">
      {place !== undefined
        ? `Musher will not read it: ${toPlainLine(place)}.`
        : `It is not valid and will not be used: ${first?.line ? `line ${first.line}, ` : ''}${toPlainLine(first?.message ?? '')}.`}
    </p>
  );
}
