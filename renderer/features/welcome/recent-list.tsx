import { X } from 'lucide-react';
import type { RecentFolder } from '../../../preload/contract/welcome.ts';
import { useCommand } from '../../hub/use-command.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { Section } from './section.tsx';
import { shownPath } from './shown-path.ts';
import type { Choice } from './use-choice.ts';

interface RecentListProps {
  recent: readonly RecentFolder[];
  home: string;
  choice: Choice;
  reload: () => void;
}

const words: Readonly<Record<RecentFolder['state'], string>> = {
  there: '',
  open: 'open here',
  running: 'open in another Musher',
  gone: 'gone',
  refused: 'cannot be opened',
};

/** What was open before, the newest first, each with how it stands. */
export function RecentList({ recent, home, choice, reload }: RecentListProps) {
  const run = useCommand();
  if (recent.length === 0) return null;
  const forget = async (path: string) => {
    await run('welcome.forget', { path });
    reload();
  };
  const choose = ({ path, state }: RecentFolder) =>
    state === 'there' || state === 'open' ? choice.open(path) : choice.set(shownPath(path, home));
  return (
    <Section title="Recent">
      <ul className="flex flex-col rounded-md border">
        {recent.map((one) => (
          <li key={one.path} className="flex items-center border-b pr-1 last:border-b-0">
            <button
              type="button"
              disabled={choice.busy !== undefined}
              title={one.said === undefined ? one.path : `${one.path}\n${one.said}`}
              onClick={() => choose(one)}
              className="flex h-9 min-w-0 flex-1 items-center gap-3 px-3 text-left hover:bg-hover disabled:opacity-50"
            >
              <bdi className="max-w-1/2 truncate font-medium">
                {toPlainLine(one.path.split(/[\\/]/).filter(Boolean).at(-1) ?? one.path)}
              </bdi>
              <bdi className="min-w-0 flex-1 truncate font-mono text-sm text-muted">
                {toPlainLine(shownPath(one.path, home))}
              </bdi>
              <span className="shrink-0 text-sm text-muted">{words[one.state]}</span>
            </button>
            <IconButton
              icon={X}
              label={`Forget ${toPlainLine(one.path)}`}
              onClick={() => void forget(one.path)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
