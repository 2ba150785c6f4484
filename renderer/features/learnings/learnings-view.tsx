import { Lightbulb } from 'lucide-react';
import { useMemo, useState } from 'react';
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import type { LearningRecord } from '../../../preload/contract/learnings.ts';
import { useCommand } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { ComposeBox, focusComposeBox } from '../../ui/compose-box.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';

/** What was found out about the repository, oldest first, and a place to note more. */
export function LearningsView() {
  const records = useRecords('learning');
  const learnings = useMemo(() => [...records].sort((a, b) => a.atMs - b.atMs), [records]);
  useShortcuts([{ keys: 'r', run: focusComposeBox }]);
  return (
    <>
      <ViewHeader title="Learnings">
        {learnings.length > 0 && `${learnings.length} in .musher/learnings.md`}
      </ViewHeader>
      <section aria-label="All learnings" className="flex min-h-0 flex-1 flex-col">
        {learnings.length === 0 ? <NoLearnings /> : <LearningList learnings={learnings} />}
      </section>
      <NoteBox />
    </>
  );
}

function LearningList({ learnings }: { learnings: readonly LearningRecord[] }) {
  return (
    <VirtualList<LearningRecord>
      label="Learnings"
      items={learnings}
      keyOf={({ id }) => id}
      estimatePx={56}
      followEnd
    >
      {({ text, by, atMs }) => (
        <article className="border-b px-4 py-2">
          <UntrustedText text={text} className="max-w-200" />
          <div className="flex gap-1.5 text-sm text-faint">
            <span>{agentIdOf(by) ?? 'you'}</span>
            <RelativeTime atMs={atMs} />
          </div>
        </article>
      )}
    </VirtualList>
  );
}

function NoLearnings() {
  return (
    <EmptyState icon={Lightbulb} title="Nothing noted yet">
      Agents note what they find out with <code>musher learn "…"</code>, you do it here. Everything
      goes to <code>.musher/learnings.md</code>, to be committed and shared.
    </EmptyState>
  );
}

function NoteBox() {
  const run = useCommand();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async (noted: string) => {
    setBusy(true);
    const result = await run('learning.add', { text: noted });
    setBusy(false);
    if (result) setText('');
  };
  return (
    <div className="shrink-0 border-t p-3">
      <ComposeBox
        label="Note a learning"
        placeholder="What should the next one know? (r)"
        value={text}
        onChange={setText}
        send="Note"
        onSend={(noted) => void add(noted)}
        busy={busy}
      />
    </div>
  );
}
