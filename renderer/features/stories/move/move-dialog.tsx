import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { matchesChord } from '../../../ui/shortcut.ts';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { stageTitles } from '../stage-words.ts';
import { closeDialog } from '../stories-ui.ts';
import { useStory } from '../use-stories.ts';
import { StorySearch } from '../writing/story-search.tsx';
import type { Said, Target } from './targets.ts';
import { useMove } from './use-move.ts';

interface MoveDialogProps {
  story: string;
  target: Target;
}

const fullId = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** What a move cannot be made without, and why where one wants to say it. */
export function MoveDialog({ story: id, target: { stage, asks, why } }: MoveDialogProps) {
  const story = useStory(id);
  const move = useMove();
  const [said, setSaid] = useState<Said>({});
  if (story === undefined) return null;
  const asksReason = asks.includes('reason');
  const reason = said.reason?.trim() ?? '';
  const isWrongCommit = (said.commit ?? '') !== '' && !fullId.test(said.commit ?? '');
  const isWhole =
    (!asksReason || reason !== '') &&
    (!asks.includes('commit') || fullId.test(said.commit ?? '')) &&
    (!asks.includes('successor') || said.by !== undefined);
  const submit = () => {
    if (!isWhole) return;
    closeDialog();
    const { reason: _typed, ...others } = said;
    move(story, stage, { ...others, ...(reason !== '' && { reason }) });
  };
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (!matchesChord(event.nativeEvent, 'Mod+Enter')) return;
    event.preventDefault();
    submit();
  };
  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title={`Move ${id} to ${stageTitles[stage]}`}
      description={`${toPlainLine(story.title)}: ${why}.`}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="primary" shortcut="Mod+Enter" disabled={!isWhole} onClick={submit}>
            Move
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its fields have the focus, this hears their keys */}
      <div onKeyDown={handleKeyDown} className="flex flex-col gap-3">
        {asks.includes('successor') && (
          <StorySearch
            label="Which story takes its place"
            chosen={said.by === undefined ? [] : [said.by]}
            except={[id]}
            isOne
            onChange={([by]) => setSaid(({ by: _old, ...rest }) => (by ? { ...rest, by } : rest))}
          />
        )}
        {asks.includes('commit') && (
          <TextField
            label="Commit"
            hint="Its full id: what is to be merged"
            error={
              isWrongCommit ? 'Expected a full commit id, 40 or 64 of 0-9 and a-f.' : undefined
            }
            autoFocus
            className="font-mono"
            maxLength={64}
            value={said.commit ?? ''}
            onChange={(event) => setSaid({ ...said, commit: event.target.value.trim() })}
          />
        )}
        <TextArea
          label={asksReason ? 'Why' : 'Why (may stay empty)'}
          autoFocus={asks.length === 0 || asks[0] === 'reason'}
          maxLength={2_000}
          value={said.reason ?? ''}
          onChange={(event) => setSaid({ ...said, reason: event.target.value })}
        />
      </div>
    </Dialog>
  );
}
