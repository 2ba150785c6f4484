import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Fact } from '../../ui/fact.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { shortId } from '../../ui/short-id.ts';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import { AgentCommits } from '../commits/index.ts';
import { AgentQuestions } from '../questions/index.ts';
import { SnapshotsOf } from '../snapshots/index.ts';
import { AgentCollisions, AgentIntent, useCollisionFacts } from '../conflicts/index.ts';
import { AlwaysAllowed, useRulesOf } from './always-allowed.tsx';
import { EvidenceTable } from './evidence/evidence-table.tsx';
import { RecentChanges } from './evidence/recent-changes.tsx';
import type { History } from './evidence/use-history.ts';
import { factSections } from './fact-sections.ts';
import { LastHeard } from './last-heard.tsx';
import { LimitUses } from './limit-uses.tsx';
import { RestartPolicyOf } from './restart-policy.tsx';
import { LastNudge } from './last-nudge.tsx';
import { presentAgent, reasonOf, sinceOf } from './present-agent.ts';
import { describeExit } from './agent-exit.ts';
import { ChoreFact } from './setup/chore-fact.tsx';
import { useWatchFacts } from './watch-facts.tsx';

interface AgentFactsProps {
  agent: AgentRecord;
  history: History;
}

/** What is known of an agent, beside its terminal. */
export function AgentFacts({ agent, history }: AgentFactsProps) {
  const { base, exit } = agent;
  const rules = useRulesOf(agent.id);
  return (
    <aside aria-label={`Details of ${agent.id}`} className="min-h-0 flex-1 overflow-y-auto">
      <Waiting agent={agent.id} />
      <dl className="flex flex-col gap-3 p-4">
        <AgentQuestions agent={agent} />
        <Fact name="Status">
          {presentAgent(agent).word} for <RelativeTime atMs={sinceOf(agent)} prefix="" />
          <span className="block text-sm text-muted">{reasonOf(agent)}</span>
          <span className="block text-sm">
            <LastHeard agent={agent} />
          </span>
        </Fact>
        {agent.nudge && (
          <Fact name="Last nudge">
            <LastNudge nudge={agent.nudge} />
          </Fact>
        )}
        <CollidesOf agent={agent} />
        <Fact name="Evidence">
          <EvidenceTable agent={agent} withReason />
        </Fact>
        <UsedOf agent={agent} />
        <Fact name="Lately">
          <RecentChanges agent={agent} history={history} />
        </Fact>
        {factSections.map(({ id, Section }) => (
          <Section key={id} agent={agent} />
        ))}
        <Fact name="Branch" code={agent.branch} />
        {base && <Fact name="Branched from" code={`${base.ref} at ${shortId(base.commit)}`} />}
        {agent.rebase && <RebaseFact rebase={agent.rebase} />}
        {agent.worktreePath && <Fact name="Worktree" code={agent.worktreePath} />}
        {agent.chore && <ChoreFact chore={agent.chore} />}
        {agent.ports && <Fact name="Ports" code={rangeOf(agent.ports)} />}
        <Fact name="Commits">
          <AgentCommits agent={agent.id} />
        </Fact>
        {agent.emptySubmodules && <EmptySubmodules paths={agent.emptySubmodules} />}
        <Fact name="Program">
          {agent.profile}
          {agent.command && (
            <code className="text-selectable block text-sm break-all text-muted">
              {agent.command.join(' ')}
            </code>
          )}
        </Fact>
        {agent.state !== 'destroyed' && (
          <Fact name="When it ends by itself">
            <RestartPolicyOf agent={agent} />
          </Fact>
        )}
        <Fact name="Started">
          {timesOf(agent.session)}
          {exit && agent.state !== 'stopped' && (
            <span className="block text-sm text-muted">
              The last time it {describeExit(agent)}, <RelativeTime atMs={exit.atMs} withAgo />
            </span>
          )}
        </Fact>
        {rules.length > 0 && (
          <Fact name="Always allowed">
            <AlwaysAllowed rules={rules} />
          </Fact>
        )}
        {agent.snapshotRef && <Fact name="Its files are kept in" code={agent.snapshotRef} />}
        {agent.prompt && (
          <Fact name="First prompt">
            <UntrustedText text={agent.prompt} className="max-h-60 overflow-y-auto" />
          </Fact>
        )}
      </dl>
      <SnapshotsOf key={agent.id} agent={agent} />
    </aside>
  );
}

/** Where it is stuck, and what it has used of its limits. */
function UsedOf({ agent }: { agent: AgentRecord }) {
  const facts = useWatchFacts(agent.id);
  return (
    <>
      {facts.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
      <Fact name="Used">
        <LimitUses agent={agent} />
      </Fact>
    </>
  );
}

/** With whom it collides, and what it plans; nothing where there is neither. */
function CollidesOf({ agent: { id } }: { agent: AgentRecord }) {
  const collides = useCollisionFacts(id).length > 0;
  const intends = useRecord('intent', id) !== undefined;
  return (
    <>
      {collides && (
        <Fact name="Collides with">
          <AgentCollisions agent={id} />
        </Fact>
      )}
      {intends && (
        <Fact name="About to change">
          <AgentIntent agent={id} />
        </Fact>
      )}
    </>
  );
}

function EmptySubmodules({ paths }: { paths: readonly string[] }) {
  return (
    <Fact name="Came without the files of">
      {paths.map((path) => (
        <code key={path} className="text-selectable block text-sm break-all">
          {toPlainLine(path)}
        </code>
      ))}
      <span className="block text-sm text-muted">
        They come with <code className="text-selectable">git submodule update --init</code> in its
        worktree.
      </span>
    </Fact>
  );
}

function timesOf(count: number): string {
  if (count === 0) return 'not yet';
  return count === 1 ? 'once' : `${count} times`;
}

/** What it waits for the operator with, one step from the answer. */
function Waiting({ agent }: { agent: string }) {
  const questions = useRecords('question').filter(
    ({ state, to, asker }) => state === 'open' && to === 'operator' && asker === agent,
  );
  const approvals = useRecords('approval').filter(
    ({ state, agent: own }) => state === 'pending' && own === agent,
  );
  const permissions = useRecords('permission').filter(
    ({ state, agent: own }) => state === 'open' && own === agent,
  );
  if (questions.length + approvals.length + permissions.length === 0) return null;
  return (
    <section aria-label="Waiting for you" className="border-b bg-amber-soft py-1">
      {permissions.map(({ id, subject }) => (
        <WaitingLink
          key={id}
          word="Asks to be allowed"
          text={subject}
          onOpen={() => navigate('inbox', `permission/${id}`)}
        />
      ))}
      {questions.map(({ id, text }) => (
        <WaitingLink
          key={id}
          word="Asks"
          text={text}
          onOpen={() => navigate('inbox', `question/${id}`)}
        />
      ))}
      {permissions.map(({ id, tool, subject }) => (
        <WaitingLink
          key={id}
          word="Asks to use"
          text={`${tool}: ${subject}`}
          onOpen={() => navigate('inbox', `permission/${id}`)}
        />
      ))}
      {approvals.map(({ id, title }) => (
        <WaitingLink
          key={id}
          word="Wants a review of"
          text={title}
          onOpen={() => navigate('review', `approval/${id}`)}
        />
      ))}
    </section>
  );
}

function WaitingLink({ word, text, onOpen }: { word: string; text: string; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex h-row w-full items-center gap-2 px-4 text-left hover:underline"
    >
      <span className="shrink-0 font-medium text-amber">{word}</span>
      <UntrustedLine text={text} className="flex-1" />
    </button>
  );
}

/** What became of its branch at its last start that found it behind. */
function RebaseFact({ rebase }: { rebase: NonNullable<AgentRecord['rebase']> }) {
  const { how, onto, to = '', why = '', paths = [], atMs } = rebase;
  return (
    <Fact name="Rebase">
      {how === 'rebased'
        ? `Onto ${toPlainLine(onto)}, at ${shortId(to)}`
        : `Left behind ${toPlainLine(onto)}: ${toPlainLine(why)}`}
      <span className="text-muted">
        , <RelativeTime atMs={atMs} withAgo />
      </span>
      {paths.map((path) => (
        <code key={path} className="text-selectable block text-sm break-all text-muted">
          {toPlainLine(path)}
        </code>
      ))}
    </Fact>
  );
}

function rangeOf({ from, count }: { from: number; count: number }): string {
  return count === 1 ? String(from) : `${from} to ${from + count - 1}`;
}
