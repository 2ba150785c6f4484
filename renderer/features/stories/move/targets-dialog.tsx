import { useHub } from '../../../hub/hub-context.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { stageDots, stageKeys, stageTitles } from '../stage-words.ts';
import { closeDialog } from '../stories-ui.ts';
import { useStory, worldOf } from '../use-stories.ts';
import { type Target, targetsOf } from './targets.ts';
import { useStartMove } from './use-start-move.ts';

/** Everywhere that a story may go, each with its key; what is not legal says why. */
export function TargetsDialog({ story: id }: { story: string }) {
  const { mirror } = useHub();
  const story = useStory(id);
  const startMove = useStartMove();
  if (story === undefined) return null;
  const targets = targetsOf(story, worldOf(mirror));
  const first = targets.find(({ transition }) => transition !== undefined);
  const choose = (target: Target) => {
    closeDialog();
    startMove(id, target.stage);
  };
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const chosen = targets.find(
      ({ stage, transition }) => transition !== undefined && stageKeys[stage] === event.key,
    );
    // Letters of stages go before those of steps.
    if (chosen) choose(chosen);
    else if (step !== undefined) focusNext(event.currentTarget, step);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title={`Move ${id}`}
      description={<span className="line-clamp-1">{toPlainLine(story.title)}</span>}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the focus, this hears their keys */}
      <div onKeyDown={handleKeyDown} className="-mx-2 flex flex-col pb-2">
        {targets.map((target) => (
          <TargetRow
            key={target.stage}
            target={target}
            isFirst={target === first}
            onChoose={() => choose(target)}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface TargetRowProps {
  target: Target;
  /** Has the keyboard at first. */
  isFirst: boolean;
  onChoose: () => void;
}

function TargetRow({ target, isFirst, onChoose }: TargetRowProps) {
  const { stage, transition, why, asks } = target;
  const isLegal = transition !== undefined;
  return (
    <button
      type="button"
      disabled={!isLegal}
      // biome-ignore lint/a11y/noAutofocus: the dialog was opened to choose one
      autoFocus={isFirst}
      onClick={onChoose}
      className={classNames(
        'flex h-row items-center gap-2 rounded-md px-2 text-left',
        isLegal ? 'hover:bg-hover focus-visible:bg-selected' : 'text-faint',
      )}
    >
      <StatusDot {...stageDots[stage]} word="" />
      <span className="w-24 shrink-0">{stageTitles[stage]}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-muted" title={why}>
        {isLegal && asks.length > 0 ? `${why} (asks for ${asks.join(' and ')})` : why}
      </span>
      {isLegal && <Kbd keys={stageKeys[stage]} decorative />}
    </button>
  );
}

function focusNext(list: Element, by: number): void {
  const all = [...list.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[(at + by + all.length) % all.length]?.focus();
}
