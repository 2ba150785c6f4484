import { Copy, TriangleAlert } from 'lucide-react';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { type SaidUnpublished, sayUnpublished } from '../../../preload/contract/say-unpublished.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { showDone } from '../../ui/toast.tsx';
import type { ApprovalDiff } from './approve-gate.ts';

interface SubmoduleNoticeProps {
  approval: ApprovalRecord;
  diff: ApprovalDiff;
}

/** Before a yes: submodules that nobody else could update to, each with where its commit is and how to push it. */
export function SubmoduleNotice({ approval, diff }: SubmoduleNoticeProps) {
  const { unpublished = [], unchecked = 0 } = diff;
  if (!isUndecided(approval.state) || unpublished.length + unchecked === 0) return null;
  return (
    <section
      aria-label="Submodules"
      className="flex shrink-0 gap-2 border-b bg-amber-soft px-4 py-1.5 text-amber"
    >
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
      <div className="text-selectable min-w-0 flex-1">
        {unpublished.length > 0 && (
          <span className="font-medium">
            After this merge, “git submodule update” fails for everybody else.
          </span>
        )}
        <ul className="flex max-h-32 flex-col gap-1 overflow-y-auto text-fg">
          {unpublished.map((one) => (
            <Unpublished key={one.path} {...sayUnpublished(approval.agent, one)} />
          ))}
          {unchecked > 0 && (
            <li>{`${unchecked} changed ${unchecked === 1 ? 'submodule was' : 'submodules were'} not looked at: their commits may be on no remote.`}</li>
          )}
        </ul>
      </div>
    </section>
  );
}

function Unpublished({ text, command }: SaidUnpublished) {
  return (
    <li className="[overflow-wrap:anywhere]">
      {toPlainLine(text)}
      {command !== undefined && <CopyCommand command={command} />}
    </li>
  );
}

function CopyCommand({ command }: { command: string }) {
  const copy = () => {
    navigator.clipboard.writeText(command).then(
      () => showDone('Copied the command'),
      () => undefined,
    );
  };
  return (
    <button
      type="button"
      title="Press to copy"
      onClick={copy}
      className="group flex max-w-full items-baseline gap-1.5 rounded-sm text-left font-mono text-sm hover:bg-hover"
    >
      <span className="sr-only">Copy the command</span>
      <span className="min-w-0">{toPlainLine(command)}</span>
      <Copy size={12} aria-hidden className="shrink-0 text-faint group-hover:text-fg" />
    </button>
  );
}
