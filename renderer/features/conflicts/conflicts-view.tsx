import { useState } from 'react';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { ConflictsPage } from './conflicts-page.tsx';
import { IntentsPage, intentsId } from './intents-page.tsx';
import { SwitchBox } from './switch-box.tsx';
import { useConflicts, useIntents } from './use-conflicts.ts';

const tabs = ['conflicts', 'intents'] as const;

/** Whose work collides, and what agents are about to change. */
export function ConflictsView() {
  const target = useUi(({ place }) => place.target);
  const tab = target === 'intents' ? 'intents' : 'conflicts';
  const counts = { conflicts: useConflicts(false).length, intents: useIntents().length };
  const [withEnded, setWithEnded] = useState(false);
  const show = (next: (typeof tabs)[number]) =>
    navigate('conflicts', next === 'intents' ? next : undefined);
  useShortcuts([
    { keys: 'i', run: () => show(tab === 'intents' ? 'conflicts' : 'intents') },
    { keys: 'e', run: () => setWithEnded(!withEnded) },
  ]);
  return (
    <>
      <ViewHeader
        title="Conflicts"
        actions={
          tab === 'conflicts' && (
            <SwitchBox
              label="Ended or dismissed"
              shortcut="e"
              isOn={withEnded}
              onChange={setWithEnded}
            />
          )
        }
      >
        <Segmented
          label="What is shown"
          shortcut="i"
          value={tab}
          onChange={show}
          segments={tabs.map((value) => ({
            value,
            label: `${value === 'intents' ? 'Intents' : 'Open'} ${counts[value]}`,
          }))}
        />
      </ViewHeader>
      {tab === 'intents' ? (
        <Intents />
      ) : (
        <ConflictsPage withEnded={withEnded} onShowEnded={() => setWithEnded(true)} />
      )}
    </>
  );
}

function Intents() {
  useFocusHome(() => document.getElementById(intentsId));
  return <IntentsPage />;
}
