import { useState } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { PastState as State } from '../../../preload/contract/timeline.ts';
import { useQuery } from '../../hub/use-command.ts';
import { AsOf } from '../../ui/as-of.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { X } from 'lucide-react';
import { byAge } from '../agents/index.ts';
import { RecordingAt, recordingsAt } from '../recordings/index.ts';
import { PastBoard } from './past-board.tsx';
import { AgentRow, ApprovalRow, PermissionRow, QuestionRow, WaitingRow } from './past-rows.tsx';
import { PastSection } from './past-section.tsx';

/** Recordings that are looked through for one that ran at the moment. */
const mostRecordings = 500;

/** All that stood at the moment, and beside it what a terminal showed. */
export function PastState({ state }: { state: State }) {
  const [screenOf, setScreenOf] = useState<string>();
  const { result } = useQuery('recording.list', { limit: mostRecordings });
  const running = recordingsAt(result?.recordings ?? [], state.atMs);
  const recording = screenOf === undefined ? undefined : running.get(screenOf);
  const toggle = (agent: string) => setScreenOf(agent === screenOf ? undefined : agent);
  const sections = (
    <AsOf atMs={state.atMs}>
      <ScrollArea aria-label="As it was" role="region">
        <Sections
          state={state}
          screens={new Set(running.keys())}
          screenOf={screenOf}
          onScreen={toggle}
        />
      </ScrollArea>
    </AsOf>
  );
  if (recording === undefined) return sections;
  const terminal = (
    <section aria-label={`Terminal of ${recording.agent}`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-8 shrink-0 items-center gap-2 bg-raised px-4 text-sm">
        <h2 className="font-medium">
          {recording.agent}, session {recording.session}
        </h2>
        <span className="flex-1 text-faint">its terminal at that moment</span>
        <IconButton icon={X} label="Close the terminal" onClick={() => setScreenOf(undefined)} />
      </header>
      <RecordingAt
        key={`${recording.agent} ${recording.startMs}`}
        recording={recording}
        atMs={state.atMs}
      />
    </section>
  );
  return (
    <SplitPane
      id="timeline-terminal"
      label="Resize the terminal"
      orientation="vertical"
      fixed="end"
      sizePx={300}
      minPx={120}
      maxPx={700}
      start={sections}
      end={terminal}
    />
  );
}

interface SectionsProps {
  state: State;
  screens: ReadonlySet<string>;
  screenOf: string | undefined;
  onScreen: (agent: string) => void;
}

function Sections({ state, screens, screenOf, onScreen }: SectionsProps) {
  const of = <Record,>(kind: string) =>
    (state.kinds[kind]?.rows ?? []).map(({ record }) => record as Record);
  const waiting = of<WaitingItem>('waiting').sort(
    (a, b) => Number(b.isBlocking) - Number(a.isBlocking) || a.sinceMs - b.sinceMs,
  );
  const agents = of<AgentRecord>('agent')
    .filter((agent) => agent.state !== 'destroyed')
    .sort(byAge);
  const approvals = of<ApprovalRecord>('approval').filter(isOpen);
  const questions = of<QuestionRecord>('question').filter((one) => one.state === 'open');
  const permissions = of<PermissionRecord>('permission').filter((one) => one.state === 'open');
  const stories = state.kinds.story?.count ?? 0;
  return (
    <>
      <PastSection
        title="Inbox"
        count={state.kinds.waiting?.count ?? 0}
        none="Nothing waited for you."
      >
        <ul>
          {waiting.map((item) => (
            <WaitingRow key={item.id} item={item} />
          ))}
        </ul>
      </PastSection>
      <PastSection title="Agents" count={agents.length} none="There were no agents.">
        <ul>
          {agents.map((agent) => (
            <AgentRow
              key={agent.id}
              agent={agent}
              hasScreen={screens.has(agent.id)}
              isScreenShown={screenOf === agent.id}
              onScreen={onScreen}
            />
          ))}
        </ul>
      </PastSection>
      <PastSection title="Board" count={stories} none="No story was open.">
        <PastBoard state={state} />
      </PastSection>
      <PastSection title="Approvals" count={approvals.length} none="No approval was open.">
        <ul>
          {approvals.map((approval) => (
            <ApprovalRow key={approval.id} approval={approval} />
          ))}
        </ul>
      </PastSection>
      <PastSection
        title="Questions and permissions"
        count={questions.length + permissions.length}
        none="Nothing was asked."
      >
        <ul>
          {questions.map((question) => (
            <QuestionRow key={question.id} question={question} />
          ))}
          {permissions.map((permission) => (
            <PermissionRow key={permission.id} permission={permission} />
          ))}
        </ul>
      </PastSection>
    </>
  );
}

function isOpen({ state }: ApprovalRecord): boolean {
  return ['pending', 'approved', 'merging', 'failed', 'conflicted'].includes(state);
}
