import type { PermissionRule } from '../../../preload/contract/permissions.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';

/** What an agent is never asked about again, the oldest first. */
export function useRulesOf(agent: string): readonly PermissionRule[] {
  const own = useRecords('permissionRule').filter((rule) => rule.agent === agent);
  return own.toSorted((a, b) => a.sinceMs - b.sinceMs);
}

/** All of each rule is shown: what is taken back is what was seen. */
export function AlwaysAllowed({ rules }: { rules: readonly PermissionRule[] }) {
  const send = useSend();
  return (
    <ul aria-label="Always allowed" className="mt-1 flex max-h-80 flex-col gap-2 overflow-y-auto">
      {rules.map(({ id, tool, subject, sinceMs }) => (
        <li key={id} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <UntrustedText
              text={subject}
              className="text-selectable rounded-md bg-selected px-2 py-1 font-mono text-sm break-all"
            />
            <span className="text-sm text-muted">
              {toPlainLine(tool)}, for <RelativeTime atMs={sinceMs} prefix="" />
            </span>
          </div>
          <Button
            aria-label={`Revoke ${toPlainLine(tool)}: ${toPlainLine(subject)}`}
            onClick={() => void send('permission.revoke', { rule: id })}
          >
            Revoke
          </Button>
        </li>
      ))}
    </ul>
  );
}
