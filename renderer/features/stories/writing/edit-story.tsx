import { useRef, useState } from 'react';
import type { WireError } from '../../../../preload/contract/errors.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { Button } from '../../../ui/button.tsx';
import { sayError } from '../../../ui/say-error.ts';
import { ScrollArea } from '../../../ui/scroll-area.tsx';
import { matchesChord } from '../../../ui/shortcut.ts';
import type { StoryDetail } from '../page/use-story-detail.ts';
import {
  type DraftField,
  draftOf,
  faultsOf,
  type StoryDraft,
  toEditData,
  withOthers,
} from './story-draft.ts';
import { StoryFields } from './story-fields.tsx';

interface EditStoryProps {
  /** As it is now; it changes while one writes. */
  detail: StoryDetail;
  reload: () => void;
  onDone: () => void;
}

/** Writing over what is there. What somebody else changes meanwhile comes in by itself, unless it was written here as well. */
export function EditStory({ detail, reload, onDone }: EditStoryProps) {
  const writing = useWriting(detail);
  const { draft, collisions } = writing;
  const { save, isBusy, error, forget } = useSave({ detail, draft, reload, onDone });
  const faults = faultsOf(draft);
  const canSave = Object.keys(faults).length === 0 && collisions.length === 0;
  const change = (patch: Partial<StoryDraft>) => {
    writing.change(patch);
    forget();
  };
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') onDone();
    else if (matchesChord(event.nativeEvent, 'Mod+Enter')) {
      if (canSave) void save();
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <ScrollArea aria-label="Edit the story" role="region" className="px-6 py-4">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: its fields have the focus, this hears their keys */}
        <div onKeyDown={handleKeyDown} className="mx-auto max-w-190">
          <StoryFields
            isNew
            draft={draft}
            faults={faults}
            story={detail.id}
            collisions={{
              fields: collisions,
              theirs: writing.theirs,
              onTake: writing.take,
              onKeep: writing.keep,
            }}
            onChange={change}
          />
        </div>
      </ScrollArea>
      <footer className="flex shrink-0 items-center justify-end gap-2 border-t px-4 py-2">
        <span role="status" className="min-w-0 flex-1 truncate text-red">
          {error
            ? sayError(error)
            : collisions.length > 0
              ? 'Choose between what you wrote and what somebody else did, above.'
              : ''}
        </span>
        <Button shortcut="Escape" onClick={onDone}>
          Cancel
        </Button>
        <Button
          look="primary"
          shortcut="Mod+Enter"
          busy={isBusy}
          disabled={!canSave}
          onClick={save}
        >
          Save
        </Button>
      </footer>
    </>
  );
}

function useWriting(detail: StoryDetail) {
  const theirs = draftOf(detail);
  const [base, setBase] = useState(theirs);
  const [written, setWritten] = useState(theirs);
  const { draft, collisions } = withOthers(base, theirs, written);
  const set = (fields: readonly DraftField[], from: StoryDraft) =>
    Object.fromEntries(fields.map((field) => [field, from[field]]));
  return {
    ...{ draft, collisions, theirs },
    // What came in by itself is what is written on from now on.
    change(patch: Partial<StoryDraft>) {
      const settled = Object.keys(theirs).filter(
        (field) => !collisions.includes(field as DraftField),
      ) as DraftField[];
      setBase((old) => ({ ...old, ...set(settled, theirs) }));
      setWritten({ ...draft, ...patch });
    },
    take: (field: DraftField) => setWritten({ ...draft, ...set([field], theirs) }),
    keep: (field: DraftField) => setBase((old) => ({ ...old, ...set([field], theirs) })),
  };
}

interface SaveOptions extends EditStoryProps {
  draft: StoryDraft;
}

function useSave({ detail, draft, reload, onDone }: SaveOptions) {
  const { bridge } = useHub();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const isSaving = useRef(false);
  const save = async () => {
    const { id, version } = detail;
    const data = toEditData({ id, version, written: detail }, draft);
    if (data === undefined) return onDone();
    if (isSaving.current) return;
    isSaving.current = true;
    setBusy(true);
    try {
      await bridge.dispatch('story.edit', data);
      onDone();
    } catch (thrown) {
      const wire = toWireErrorOf(thrown);
      // What they wrote is told at its field as soon as it is here.
      if (wire.code === 'STORY_CHANGED') reload();
      setError(wire);
    }
    isSaving.current = false;
    setBusy(false);
  };
  return { save, isBusy, error, forget: () => setError(undefined) };
}
