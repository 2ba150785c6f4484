import { useMemo, useState } from 'react';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';
import { useQuery, useSendForResult } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { matchesChord } from '../../ui/shortcut.ts';
import { TextField } from '../../ui/text-field.tsx';
import { closeTimerForm, useScheduleUi } from './schedule-ui.ts';
import { type Asked, type Draft, emptyDraft, toAsked, toDraft } from './timer-form.ts';
import { TimerPreview } from './timer-preview.tsx';
import { useSettled } from './use-settled.ts';
import { WhatFields } from './what-fields.tsx';
import { WhenFieldset } from './when-fields.tsx';

/** Asked for from anywhere: a new timer, or another look of one that there is. */
export function TimerFormDialog() {
  const form = useScheduleUi((state) => state.form);
  const timer = useRecord('timer', form);
  if (form === undefined || (form !== 'new' && timer === undefined)) return null;
  return <TimerForm key={form} timer={timer} />;
}

/** While somebody types, the hub is asked when they pause, milliseconds. */
const pauseMs = 250;

function TimerForm({ timer }: { timer: TimerRecord | undefined }) {
  const [draft, setDraft] = useState<Draft>(() => (timer ? toDraft(timer) : emptyDraft));
  const [isBusy, setBusy] = useState(false);
  const change = (some: Partial<Draft>) => setDraft((old) => ({ ...old, ...some }));
  const found = useMemo(() => toAsked(draft), [draft]);
  const fault = found && 'fault' in found ? found.fault : undefined;
  const asked = found && 'when' in found ? found : undefined;
  const settled = useSettled(asked, pauseMs);
  const preview = useQuery('timer.preview', settled && { ...settled.when, ...settled.action });
  const save = useSave(draft, timer);
  const isChecked = settled === asked && preview.error === undefined;
  const canSave = asked !== undefined && isChecked && !isBusy;
  const handleSave = async () => {
    if (!canSave) return;
    setBusy(true);
    const id = await save(asked);
    setBusy(false);
    if (id === undefined) return;
    closeTimerForm();
    navigate('schedule', `timer/${id}`);
  };
  const isOfWhat = /^(ACTION|AGENT|PROFILE)_/.test(preview.error?.code ?? '');
  const errors = {
    what: isOfWhat ? preview.error?.message : undefined,
    when: isOfWhat ? undefined : preview.error?.message,
  };
  return (
    <Dialog
      open
      width="wide"
      onOpenChange={(isOpen) => !isOpen && closeTimerForm()}
      title={timer ? `Change ${timer.id}` : 'New timer'}
      footer={
        <>
          <Button onClick={closeTimerForm}>Cancel</Button>
          <Button
            look="primary"
            shortcut="Mod+Enter"
            disabled={!canSave}
            busy={isBusy}
            onClick={() => void handleSave()}
          >
            {timer ? 'Save' : 'Set'}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Mod+Enter sets it from any of its fields */}
      <div
        className="grid grid-cols-[minmax(0,1fr)_210px] gap-5"
        onKeyDown={(event) => {
          if (!matchesChord(event, 'Mod+Enter')) return;
          event.preventDefault();
          void handleSave();
        }}
      >
        <div className="flex min-w-0 flex-col gap-4">
          <WhatFields
            draft={draft}
            isNew={timer === undefined}
            error={errors.what}
            fault={fault}
            onChange={change}
          />
          <WhenFieldset draft={draft} error={errors.when} fault={fault} onChange={change} />
          {draft.what !== 'remind' && (
            <TextField
              label="Name"
              hint="What you call it. It may stay empty."
              maxLength={100}
              value={draft.label}
              onChange={(event) => change({ label: event.target.value })}
            />
          )}
        </div>
        <TimerPreview
          result={asked && preview.error === undefined ? preview.result : undefined}
          isAsking={asked !== undefined && settled !== asked}
        />
      </div>
    </Dialog>
  );
}

/** Its id, or undefined when it was refused, which is shown. */
function useSave(draft: Draft, timer: TimerRecord | undefined) {
  const send = useSendForResult();
  return async ({ when, action }: Asked): Promise<string | undefined> => {
    const label = draft.label.trim() === '' ? {} : { label: draft.label.trim() };
    if (timer) {
      const said = await send('timer.edit', { timer: timer.id, ...label, ...when, ...action });
      return said?.timer;
    }
    const said =
      draft.what === 'remind'
        ? await send('timer.remind', { text: draft.text.trim(), ...when })
        : await send('timer.add', { ...label, ...when, ...action });
    return said?.timer;
  };
}
