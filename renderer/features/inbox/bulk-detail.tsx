import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useIsQuiet } from '../../shell/self-moves.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { ComposeBox, focusComposeBox } from '../../ui/compose-box.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { optionKeys } from '../questions/index.ts';
import { BulkApprove } from './bulk-approve.tsx';
import { type BulkChoice, bulkChoices, tellLeft } from './bulk.ts';
import type { InboxItem } from './kinds.ts';
import { focusInboxList } from './inbox-list.tsx';
import { chooseNone } from './inbox-ui.ts';
import { Snooze } from './snooze.tsx';
import { useBulk } from './use-bulk.ts';

/** One answer to all that are chosen; where it is none to some of them, that is said before. */
export function BulkDetail({ items }: { items: readonly InboxItem[] }) {
  const [note, setNote] = useState('');
  const run = useBulk();
  const isQuiet = useIsQuiet();
  const choices = bulkChoices(items);
  const keys = keysOf(choices);
  const deny = choices.find(({ act }) => act === 'deny');
  const isAllowing = choices.some(({ act }) => act === 'allow');
  useShortcuts([
    ...choices.map((choice, at) => ({
      keys: keys[at] ?? '',
      run: () => (choice.act === 'deny' ? focusComposeBox() : run(choice)),
      decides: true,
    })),
    { keys: 'Backspace', run: () => runDismiss(choices, run), decides: true },
  ]);
  return (
    <section aria-label={`${items.length} chosen`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-bar shrink-0 items-center gap-2 border-b px-4">
        <h2 className="min-w-0 flex-1 truncate font-medium">{items.length} chosen</h2>
        <Snooze items={items} />
        <Button look="quiet" icon={X} shortcut="Escape" onClick={chooseNone}>
          Choose none
        </Button>
      </header>
      <fieldset
        aria-label="Answers"
        // The keys are pale while they do nothing (see self-moves.ts).
        data-quiet={isQuiet}
        className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-y-auto px-4 py-3 data-[quiet=true]:[&_kbd]:opacity-40"
      >
        <BulkApprove items={items} shortcut={isAllowing ? 'Shift+a' : 'a'} />
        {choices.length === 0 && (
          <p className="text-muted">
            There is no one answer to all of these. They can be snoozed together.
          </p>
        )}
        {choices.map((choice, at) => (
          <Choice
            key={choice.act + (choice.option ?? '')}
            choice={choice}
            of={items.length}
            shortcut={keys[at] ?? ''}
            onRun={() => (choice.act === 'deny' ? focusComposeBox() : run(choice))}
          />
        ))}
      </fieldset>
      {deny && (
        <footer className="shrink-0 border-t px-4 py-3">
          <ComposeBox
            label="Deny all, and say what to do instead"
            placeholder="Deny all, and say what to do instead (d)"
            send={`Deny ${deny.able.length}`}
            value={note}
            onChange={setNote}
            busy={false}
            maxLength={20_000}
            mayBeEmpty
            onSend={() => run(deny, note.trim())}
            onEscape={focusInboxList}
          />
        </footer>
      )}
    </section>
  );
}

interface ChoiceProps {
  choice: BulkChoice;
  of: number;
  shortcut: string;
  onRun: () => void;
}

function Choice({ choice, of, shortcut, onRun }: ChoiceProps) {
  const { able, left } = choice;
  const count = able.length === of ? `all ${of}` : `${able.length} of ${of}`;
  return (
    <div>
      <Button
        icon={choice.act === 'allow' ? Check : undefined}
        shortcut={shortcut}
        onClick={onRun}
        className="max-w-full"
      >
        <span className="min-w-0 truncate">{wordOf(choice)}</span>
        <span className="shrink-0 text-muted">{count}</span>
      </Button>
      {tellLeft(left).map((line) => (
        <p key={line} className="mt-1 text-sm text-muted">
          {line}
        </p>
      ))}
    </div>
  );
}

function wordOf({ act, option = '' }: BulkChoice): string {
  if (act === 'allow') return 'Allow once';
  if (act === 'deny') return 'Deny with one note';
  return act === 'answer' ? `Answer “${toPlainLine(option)}”` : 'Mark as read';
}

/** As for one alone: a letter for each act, and a digit for each option. */
function keysOf(choices: readonly BulkChoice[]): readonly string[] {
  const fixed = { allow: 'a', deny: 'd', dismiss: 'Delete' } as const;
  let option = 0;
  return choices.map(({ act }) => {
    if (act !== 'answer') return fixed[act];
    option += 1;
    return optionKeys[option - 1] ?? '';
  });
}

function runDismiss(choices: readonly BulkChoice[], run: (choice: BulkChoice) => void): void {
  const dismiss = choices.find(({ act }) => act === 'dismiss');
  if (dismiss) run(dismiss);
}
