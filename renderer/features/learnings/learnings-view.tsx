import { useState } from 'react';
import { flushSync } from 'react-dom';
import type { FindingRecord } from '../../../preload/contract/findings.ts';
import type { LearningRecord } from '../../../preload/contract/learning-records.ts';
import { sayFinding } from '../../../preload/contract/say-finding.ts';
import { useIsLoaded } from '../../hub/use-records.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { focusComposeBox } from '../../ui/compose-box.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { FilePath, FileProblem } from './file-state.tsx';
import { FindingList } from './finding-list.tsx';
import { NoteBox } from './note-box.tsx';
import { NoteList } from './note-list.tsx';
import { NoFindings, NoHit, NoNotes } from './nothing-here.tsx';
import { SearchField } from './search-field.tsx';
import { useLearningActions, useLearnings } from './use-learnings.ts';

type Tab = 'notes' | 'findings';
const open = (tab: Tab) => navigate('learnings', tab === 'findings' ? tab : undefined);

/** Two lists: what agents and the operator noted, and what Musher counted itself. */
export function LearningsView() {
  const tab: Tab = useUi(({ place }) => place.target) === 'findings' ? 'findings' : 'notes';
  const [typed, type] = useState('');
  const { notes, findings } = useLearnings(typed);
  const isLoaded = useIsLoaded();
  const clear = () => type('');
  useShortcuts([
    { keys: 'n', run: () => open(tab === 'notes' ? 'findings' : 'notes') },
    { keys: 'r', run: () => write(tab) },
  ]);
  useShortcuts([{ keys: 'Escape', run: clear }], typed !== '');
  const isEmpty = tab === 'notes' ? notes.length === 0 : findings.length === 0;
  const nothing =
    typed !== '' ? <NoHit onClear={clear} /> : tab === 'notes' ? <NoNotes /> : <NoFindings />;
  return (
    <>
      <ViewHeader title="Learnings" actions={<FilePath />}>
        <Segmented<Tab>
          label="Which list"
          shortcut="n"
          value={tab}
          segments={[
            { value: 'notes', label: `Notes ${notes.length}` },
            { value: 'findings', label: `Findings ${findings.length}` },
          ]}
          onChange={open}
        />
        <SearchField value={typed} onChange={type} />
      </ViewHeader>
      <FileProblem />
      <div aria-busy={!isLoaded} className="flex min-h-0 flex-1 flex-col">
        {!isLoaded ? null : isEmpty ? (
          nothing
        ) : tab === 'notes' ? (
          <Notes notes={notes} />
        ) : (
          <Findings findings={findings} />
        )}
      </div>
      {tab === 'notes' && <NoteBox onNoted={clear} />}
    </>
  );
}

/** The box stands below the notes; what is typed next is for it, so it is there at once. */
function write(tab: Tab): void {
  if (tab === 'findings') flushSync(() => open('notes'));
  focusComposeBox();
}

/** Moves by key through what is listed; what goes takes the choice on to its neighbour. */
function useActive<Item extends { readonly id: string }>(items: readonly Item[]) {
  const [choice, choose] = useState<{ id: string; at: number }>();
  const found = choice === undefined ? -1 : items.findIndex(({ id }) => id === choice.id);
  const active =
    choice === undefined || found !== -1 ? found : Math.min(choice.at, items.length - 1);
  const move = (by: number) => {
    const at = Math.max(0, Math.min(items.length - 1, active === -1 ? 0 : active + by));
    const next = items[at];
    if (next) choose({ id: next.id, at });
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'ArrowUp', run: () => move(-1) },
  ]);
  return { active, item: items[active] };
}

function Notes({ notes }: { notes: readonly LearningRecord[] }) {
  const { active, item } = useActive(notes);
  const { drop } = useLearningActions();
  useShortcuts(
    [
      { keys: 'c', run: () => item && copyText(item.text) },
      { keys: 'x', run: () => item && drop(item), decides: true },
    ],
    item !== undefined,
  );
  return <NoteList notes={notes} active={active} onDrop={drop} />;
}

function Findings({ findings }: { findings: readonly FindingRecord[] }) {
  const { item } = useActive(findings);
  const { drop, promote } = useLearningActions();
  const [openId, setOpenId] = useState<string>();
  const toggle = ({ id }: FindingRecord) => setOpenId((old) => (old === id ? undefined : id));
  useShortcuts(
    [
      { keys: 'o', run: () => item && toggle(item) },
      { keys: 'Enter', run: () => item && toggle(item) },
      { keys: 'c', run: () => item && copyText(sayFinding(item)) },
      { keys: 'm', run: () => item && promote(item), decides: true },
      { keys: 'x', run: () => item && drop(item), decides: true },
    ],
    item !== undefined,
  );
  return (
    <FindingList
      findings={findings}
      activeId={item?.id}
      openId={openId}
      onToggle={toggle}
      onDrop={drop}
      onPromote={promote}
    />
  );
}
