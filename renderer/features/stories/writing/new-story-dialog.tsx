import { useRef, useState } from 'react';
import type { WireError } from '../../../../preload/contract/errors.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { sayError } from '../../../ui/say-error.ts';
import { matchesChord } from '../../../ui/shortcut.ts';
import { showDone } from '../../../ui/toast.tsx';
import { closeDialog, openStory, select } from '../stories-ui.ts';
import { blankDraft, faultsOf, type StoryDraft, toAddData } from './story-draft.ts';
import { StoryFields } from './story-fields.tsx';

/** What was written and not sent is there again when the dialog is opened again on this page. */
let kept: StoryDraft = blankDraft;

export function NewStoryDialog() {
  const { bridge } = useHub();
  const [draft, setDraft] = useState(kept);
  const [isBusy, setBusy] = useState(false);
  const [wasSent, setSent] = useState(false);
  const [error, setError] = useState<WireError>();
  const top = useRef<HTMLDivElement>(null);
  const faults = faultsOf(draft);
  const change = (patch: Partial<StoryDraft>) => {
    kept = { ...draft, ...patch };
    setDraft(kept);
    setError(undefined);
  };
  const submit = async (isNext: boolean) => {
    setSent(true);
    if (isBusy || Object.keys(faults).length > 0) return;
    setBusy(true);
    try {
      const { result } = await bridge.dispatch('story.add', toAddData(draft));
      kept = blankDraft;
      select({ id: result.story, column: 'backlog', at: 0 });
      showDone(`Wrote ${result.story}.`, {
        label: 'Open',
        onClick: () => openStory(result.story),
      });
      setDraft({ ...blankDraft, labels: draft.labels });
      setSent(false);
      if (isNext) top.current?.querySelector('input')?.focus();
      else closeDialog();
    } catch (thrown) {
      setError(toWireErrorOf(thrown));
    }
    setBusy(false);
  };
  const handleKeyDown = (event: React.KeyboardEvent) => {
    const isNext = matchesChord(event.nativeEvent, 'Mod+Shift+Enter');
    if (!isNext && !matchesChord(event.nativeEvent, 'Mod+Enter')) return;
    event.preventDefault();
    void submit(isNext);
  };
  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title="New story"
      width="wide"
      footer={
        <>
          <Button shortcut="Mod+Shift+Enter" disabled={isBusy} onClick={() => submit(true)}>
            Write and next
          </Button>
          <Button look="primary" shortcut="Mod+Enter" busy={isBusy} onClick={() => submit(false)}>
            Write story
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its fields have the focus, this hears their keys */}
      <div ref={top} onKeyDown={handleKeyDown}>
        <StoryFields isNew draft={draft} faults={wasSent ? faults : {}} onChange={change} />
        {error && (
          <p role="alert" className="pt-3 text-red">
            {sayError(error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}
