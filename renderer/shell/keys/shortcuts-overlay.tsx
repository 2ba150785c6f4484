import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyScope } from '../../ui/key-scope.tsx';
import { toKeyCaps, toSequence } from '../../ui/shortcut.ts';
import { TextField } from '../../ui/text-field.tsx';
import { closeOverlay, useUi } from '../ui-state.ts';
import { type KeyAction, type KeyChoices, type KeyGroup, keysOf } from './key-actions.ts';
import { keyGroups } from './key-groups.ts';
import { KeyRow } from './key-row.tsx';
import { KeysFooter } from './keys-footer.tsx';
import { useKeyChoices } from './use-key-config.ts';
import { useRecording } from './use-recording.ts';

/** Every shortcut, by where it works. In the page from the start: keys that follow `?` at once are meant for it. */
export function ShortcutsOverlay() {
  const isOpen = useUi((state) => state.overlay === 'shortcuts');
  return isOpen ? <Shortcuts /> : null;
}

/** Looked through by words or keys; Enter on a row, and the next keys pressed are its own. */
function Shortcuts() {
  const { choices } = useKeyChoices();
  const [typed, setTyped] = useState('');
  const recording = useRecording();
  const groups = useMemo(() => fitting(keyGroups(), choices, typed), [choices, typed]);
  const close = () => {
    // Escape ends what is being recorded first.
    if (recording.action === undefined) closeOverlay();
    else recording.stop();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Shortcuts"
      width="wide"
      footer={<KeysFooter recording={recording} />}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its rows have the focus, this hears their keys */}
      <div onKeyDown={(event) => recording.action === undefined && stepThrough(event)}>
        <search className="relative mb-3 block">
          <Search size={14} aria-hidden className="absolute top-1.75 left-2 z-10 text-faint" />
          <TextField
            autoFocus
            hideLabel
            type="search"
            label="Search shortcuts"
            placeholder="What it does, or its key"
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.target.value)}
            className="pl-7"
          />
        </search>
        <div className="h-[50vh] overflow-y-auto">
          <div className="columns-2 gap-8">
            {groups.map((group) => (
              <Section key={group.scope} group={group} recording={recording} />
            ))}
          </div>
          {groups.length === 0 && (
            <p role="status" className="py-6 text-center text-muted">
              Nothing does that, and nothing has that key.
            </p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface SectionProps {
  group: KeyGroup;
  recording: ReturnType<typeof useRecording>;
}

function Section({ group: { scope, title, actions }, recording }: SectionProps) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 px-2 text-sm font-medium text-faint">{title}</h3>
      <KeyScope id={scope}>
        <ul aria-label={title}>
          {actions.map((action) => (
            <KeyRow key={action.name ?? action.keys} action={action} recording={recording} />
          ))}
        </ul>
      </KeyScope>
    </section>
  );
}

/** By words of what it does, or by the caps of its keys. */
function fitting(
  groups: readonly KeyGroup[],
  choices: KeyChoices,
  typed: string,
): readonly KeyGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return groups;
  const fits = (title: string, action: KeyAction) => {
    const caps = toSequence(keysOf(action, choices)).map((chord) => toKeyCaps(chord).join('+'));
    if (caps.join(' ').toLowerCase() === typed.trim().toLowerCase()) return true;
    const text = `${action.label} ${title} ${action.name ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groups
    .map((group) => ({
      ...group,
      actions: group.actions.filter((action) => fits(group.title, action)),
    }))
    .filter(({ actions }) => actions.length > 0);
}

function stepThrough(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button[data-row]')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.max(0, Math.min(stops.length - 1, at + by))]?.focus();
}
