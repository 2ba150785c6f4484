import { useQuery } from '../../hub/use-command.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { formatAge } from '../../ui/format-time.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useReloadOnWaits } from './use-wait-changes.ts';

/** In the page's address: `#/inbox/decided`. */
export const decidedTarget = 'decided';

export function showWaiting(): void {
  navigate('inbox');
}

/** What waits, or what was decided. */
export function InboxMode({ isDecided }: { isDecided: boolean }) {
  const show = (mode: string) => navigate('inbox', mode === 'decided' ? decidedTarget : undefined);
  useShortcuts([{ keys: 'Shift+d', run: () => show(isDecided ? 'waiting' : 'decided') }]);
  return (
    <Segmented
      label="Show"
      value={isDecided ? 'decided' : 'waiting'}
      segments={[
        { value: 'waiting', label: 'Waiting' },
        { value: 'decided', label: 'Decided' },
      ]}
      onChange={show}
    />
  );
}

/** Below the list: what waiting came to today. Nothing before the first wait of a day has ended. */
export function WaitedToday() {
  const { result, reload } = useQuery('inbox.stats', { days: 1 });
  useReloadOnWaits(reload);
  const all = result?.days[0]?.all;
  if (!all) return null;
  return (
    <button
      type="button"
      onClick={() => navigate('inbox', decidedTarget)}
      className="flex min-h-8 shrink-0 items-center border-t px-4 py-1 text-left text-sm text-muted hover:bg-hover"
    >
      <span>
        Agents waited {formatAge(all.sumMs)} for you today, {all.count}{' '}
        {all.count === 1 ? 'time' : 'times'}; half of them at most {formatAge(all.medianMs)}, 95 %
        at most {formatAge(all.p95Ms)}
      </span>
    </button>
  );
}
