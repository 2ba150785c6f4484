import type { Chore } from '../../../../preload/contract/agent-chores.ts';
import { sayCommand } from '../../../../preload/contract/say-command.ts';
import { Fact } from '../../../ui/fact.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { saySummary } from './chore-words.ts';

/** What made its worktree ready, and when. */
export function ChoreFact({ chore }: { chore: Chore }) {
  const { endedMs, startedMs, commands } = chore;
  return (
    <Fact name={chore.kind === 'setup' ? 'Setup' : 'Teardown'}>
      {saySummary(chore)} <RelativeTime atMs={endedMs ?? startedMs} />
      <code className="text-selectable block text-sm break-all whitespace-pre-line text-muted">
        {commands.map((words) => toPlainLine(sayCommand(words))).join('\n')}
      </code>
    </Fact>
  );
}
