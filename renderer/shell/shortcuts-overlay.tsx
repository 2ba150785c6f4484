import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { views } from '../views.ts';
import { keymap } from './keymap.ts';
import { shellShortcuts } from './shell-shortcuts.ts';
import { closeOverlay, useUi } from './ui-state.ts';
import type { ShortcutHelp } from './view.ts';

/** Every shortcut, by where it works. */
export function ShortcutsOverlay() {
  const isOpen = useUi((state) => state.overlay === 'shortcuts');
  if (!isOpen) return null;
  const everywhere: readonly ShortcutHelp[] = [
    ...shellShortcuts().filter(({ hidden }) => !hidden),
    keymap.newestNotice,
    keymap.dismissNotices,
  ];
  return (
    <Dialog open onOpenChange={closeOverlay} title="Shortcuts" width="wide" isText>
      <div className="columns-2 gap-8 pb-2">
        <Section title="Everywhere" shortcuts={everywhere} />
        {views.map(
          ({ id, title, shortcuts }) =>
            shortcuts && <Section key={id} title={title} shortcuts={shortcuts} />,
        )}
      </div>
    </Dialog>
  );
}

function Section({ title, shortcuts }: { title: string; shortcuts: readonly ShortcutHelp[] }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-sm font-medium text-faint">{title}</h3>
      <dl>
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className="flex h-7 items-center justify-between gap-4">
            <dt className="truncate">{label}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
