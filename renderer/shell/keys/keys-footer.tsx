import { useConnection } from '../../hub/connection.ts';
import { Button } from '../../ui/button.tsx';
import { everywhere } from '../../ui/key-scope.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { asSentence } from '../../ui/say-error.ts';
import { views } from '../../views.ts';
import type { KeyAction } from './key-actions.ts';
import { useKeyChoices } from './use-key-config.ts';
import type { useRecording } from './use-recording.ts';

interface KeysFooterProps {
  recording: ReturnType<typeof useRecording>;
}

/** What is going on, what cannot be, and the way back to all keys as they came. */
export function KeysFooter({ recording }: KeysFooterProps) {
  const changed = Object.keys(useKeyChoices().choices).length;
  return (
    <>
      <div id="keys-said" role="status" className="mr-auto min-h-7 min-w-0 py-1 text-sm">
        <Said recording={recording} />
      </div>
      {changed > 0 && (
        <Button look="quiet" onClick={() => recording.resetAll()}>
          {changed === 1 ? 'Reset the one changed' : `Reset all ${changed} changed`}
        </Button>
      )}
    </>
  );
}

function Said({ recording }: KeysFooterProps) {
  const { path, problems, refused } = useKeyChoices();
  const isLive = useConnection().state === 'live';
  const { action, keys, reason, conflicts } = recording;
  const [conflict] = conflicts;
  // Of a file that cannot be read, what it said last is no news.
  const wrong = problems.length > 0 ? problems : refused;
  const [problem] = wrong;
  if (action !== undefined) {
    if (reason !== undefined) return <p className="text-red">{reason}.</p>;
    if (conflict !== undefined) return <p className="text-amber">{sayConflict(conflict)}</p>;
    return (
      <p className="text-muted">
        {keys === ''
          ? 'Press the keys that it is to have. Escape leaves it as it is.'
          : 'Enter keeps it, Backspace begins anew, Escape leaves it as it was.'}
      </p>
    );
  }
  if (!isLive)
    return <p className="text-amber">No connection to Musher: keys cannot be changed now.</p>;
  if (problem !== undefined)
    return (
      <p className="text-red">
        In {toPlainLine(path ?? 'your config file')}, not used: {asSentence(toPlainLine(problem))}
        {wrong.length > 1 && ` And ${wrong.length - 1} more.`}
      </p>
    );
  return (
    <p className="text-muted">
      Enter on one changes it
      {path === undefined ? '' : `; kept under [keys] in ${toPlainLine(path)}`}.
    </p>
  );
}

function sayConflict({ label, scope }: KeyAction): string {
  const where =
    scope === everywhere ? 'everywhere' : (views.find(({ id }) => id === scope)?.title ?? scope);
  return `It is the key of “${label}” (${where}): give that another first, or press other keys.`;
}
