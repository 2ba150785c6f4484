import { classNames } from '../../ui/class-names.ts';
import { chooseTo, toggleChosen, useChosen } from './broadcast/use-chosen.ts';
import { useBoardFacts } from './layout/board-context.ts';
import { useJumpLabel } from './layout/use-jump.ts';

/** Before an agent's name: the key that leads to it; under the pointer, and while some are chosen, the box that chooses it. */
export function AgentMark({ id }: { id: string }) {
  const { order, numbers } = useBoardFacts();
  const isChosen = useChosen(({ ids }) => ids.has(id));
  const isChoosing = useChosen(({ ids }) => ids.size > 0);
  const label = useJumpLabel(id);
  const handleChange = (event: React.ChangeEvent<HTMLInputElement>) => {
    const click = event.nativeEvent as MouseEvent;
    if (click.shiftKey) chooseTo(id, order);
    else toggleChosen(id);
  };
  return (
    <span className="relative flex size-4 shrink-0 items-center justify-center">
      {label === undefined ? (
        <span
          aria-hidden
          className={classNames(
            'text-xs text-faint group-hover/pane:hidden group-has-[input:focus-visible]/pane:hidden',
            isChoosing && 'hidden',
          )}
        >
          {numbers.get(id)}
        </span>
      ) : (
        <kbd className="absolute z-10 rounded-sm bg-accent px-1 font-sans text-xs font-medium text-accent-fg uppercase">
          {label}
        </kbd>
      )}
      <input
        type="checkbox"
        aria-label={`Choose ${id}`}
        checked={isChosen}
        onChange={handleChange}
        className={classNames(
          'absolute size-3.5 accent-accent group-hover/pane:opacity-100 focus-visible:opacity-100',
          !isChoosing && 'opacity-0',
        )}
      />
    </span>
  );
}
