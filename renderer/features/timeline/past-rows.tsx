import { CircleHelp } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { AgentDot, reasonOf, sinceOf } from '../agents/index.ts';
import { stateLooks } from '../approvals/index.ts';
import { lookOfKind } from '../inbox/index.ts';

/** Rows of the past look as those of the views, and do nothing: what is over cannot be answered. */
const row = 'flex h-row min-w-0 items-center gap-2.5 px-4';

export function WaitingRow({ item }: { item: WaitingItem }) {
  const { icon: Icon, word, tone } = lookOfKind(item.kind);
  return (
    <li className={row}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={`shrink-0 ${tone}`} />
      <span className="sr-only">{word} from</span>
      <span className="w-24 shrink-0 truncate font-medium">{item.agent}</span>
      <UntrustedLine text={item.title} className="flex-1" />
      {item.isBlocking && <span className="shrink-0 text-sm text-amber">stopped</span>}
      <Age atMs={item.sinceMs} prefix="waited" />
    </li>
  );
}

interface AgentRowProps {
  agent: AgentRecord;
  /** Its terminal at that moment can be shown. */
  hasScreen: boolean;
  isScreenShown: boolean;
  onScreen: (agent: string) => void;
}

export function AgentRow({ agent, hasScreen, isScreenShown, onScreen }: AgentRowProps) {
  return (
    <li className={row}>
      <span className="w-24 shrink-0 truncate font-medium">{agent.id}</span>
      <span className="w-20 shrink-0 text-sm">
        <AgentDot agent={agent} showWord />
      </span>
      <Age atMs={sinceOf(agent)} prefix="for" />
      <UntrustedLine
        text={agent.status.note ?? reasonOf(agent)}
        className="flex-1 text-sm text-muted"
      />
      {hasScreen && (
        <button
          type="button"
          aria-pressed={isScreenShown}
          aria-label={`Terminal of ${agent.id} at that moment`}
          onClick={() => onScreen(agent.id)}
          className="shrink-0 rounded-sm px-1.5 text-sm text-muted hover:text-fg aria-pressed:bg-selected aria-pressed:text-fg"
        >
          Terminal
        </button>
      )}
    </li>
  );
}

export function ApprovalRow({ approval }: { approval: ApprovalRecord }) {
  const { title, agent, state, additions, deletions, requestedMs, settledMs } = approval;
  return (
    <li className={row}>
      <StatusDot {...stateLooks[state]} />
      <span className="w-24 shrink-0 truncate font-medium">
        {agent === 'operator' ? 'you' : agent}
      </span>
      <UntrustedLine text={title} className="flex-1" />
      <span className="shrink-0 text-sm text-muted">{stateLooks[state].word}</span>
      <ChangeCounts additions={additions} deletions={deletions} />
      <Age atMs={settledMs ?? requestedMs} prefix="since" />
    </li>
  );
}

export function QuestionRow({ question }: { question: QuestionRecord }) {
  return (
    <li className={row}>
      <CircleHelp size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-amber" />
      <span
        className="w-24 shrink-0 truncate font-medium"
        title={`${question.asker} asked ${question.to}`}
      >
        {question.asker}
      </span>
      <UntrustedLine text={question.text} className="flex-1" />
      <span className="shrink-0 text-sm text-muted">to {question.to}</span>
      <Age atMs={question.askedMs} prefix="waited" />
    </li>
  );
}

export function PermissionRow({ permission }: { permission: PermissionRecord }) {
  const { icon: Icon, tone } = lookOfKind('permission');
  return (
    <li className={row}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={`shrink-0 ${tone}`} />
      <span className="w-24 shrink-0 truncate font-medium">{permission.agent}</span>
      <UntrustedLine text={`${permission.tool}: ${permission.subject}`} className="flex-1" />
      <Age atMs={permission.askedMs} prefix="waited" />
    </li>
  );
}

function Age({ atMs, prefix }: { atMs: number; prefix: string }) {
  return <RelativeTime atMs={atMs} prefix={prefix} className="w-8 text-right text-sm text-faint" />;
}
