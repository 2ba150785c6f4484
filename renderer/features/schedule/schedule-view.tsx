import { Plus } from 'lucide-react';
import type { ComponentType } from 'react';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { startTrigger, TriggersPane } from '../triggers/index.ts';
import { ComingPage } from './coming-page.tsx';
import { openTimerForm } from './schedule-ui.ts';
import { TimersPage } from './timers-page.tsx';

interface Tab {
  /** Also its address: `#/schedule/coming`. */
  readonly id: string;
  readonly label: string;
  readonly Page: ComponentType;
  /** What is begun here. */
  readonly add: { readonly label: string; readonly run: () => void };
}

const timer = { label: 'New timer', run: () => openTimerForm('new') };

/** What is listed here, one line each; the first has the plain address. */
const tabs: readonly [Tab, ...Tab[]] = [
  { id: 'timers', label: 'Timers', Page: TimersPage, add: timer },
  {
    ...{ id: 'triggers', label: 'Triggers', Page: TriggersPane },
    add: { label: 'New trigger', run: startTrigger },
  },
  { id: 'coming', label: 'All that comes', Page: ComingPage, add: timer },
];

/** What happens by itself, and when. */
export function ScheduleView() {
  const target = useUi(({ place }) => place.target);
  const tab = tabs.find(({ id }) => id === target) ?? tabs[0];
  const show = (id: string) => navigate('schedule', id === tabs[0].id ? undefined : id);
  const next = tabs[(tabs.indexOf(tab) + 1) % tabs.length] ?? tabs[0];
  useShortcuts([
    { keys: 'v', run: () => show(next.id) },
    { keys: 'n', run: tab.add.run },
  ]);
  return (
    <>
      <ViewHeader
        title="Schedule"
        actions={
          <Button icon={Plus} shortcut="n" onClick={tab.add.run}>
            {tab.add.label}
          </Button>
        }
      >
        <Segmented
          label="What is shown"
          shortcut="v"
          value={tab.id}
          segments={tabs.map(({ id, label }) => ({ value: id, label }))}
          onChange={show}
        />
      </ViewHeader>
      <tab.Page />
    </>
  );
}
