import { Command } from 'cmdk';
import { Dialog as Primitive } from 'radix-ui';
import { useState } from 'react';
import { readStored, writeStored } from '../hub/storage.ts';
import { Kbd } from '../ui/kbd.tsx';
import { afterUse, scoreOf, toSections } from './palette-order.ts';
import { closeOverlay, useUi } from './ui-state.ts';
import { useAllCommands } from './use-shell-commands.ts';
import type { PaletteCommand } from './view.ts';

/** Everything that can be done, found by typing. */
export function CommandPalette() {
  const isOpen = useUi((state) => state.overlay === 'palette');
  return (
    <Primitive.Root open={isOpen} onOpenChange={closeOverlay}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.3)]" />
        <Primitive.Content
          aria-describedby={undefined}
          className="appear fixed top-[14vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-150 -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-float"
        >
          <Primitive.Title className="sr-only">Command palette</Primitive.Title>
          {isOpen && <Palette />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Palette() {
  const [recent] = useState(() => readStored('recentCommands', []));
  const sections = toSections(useAllCommands(), recent);
  const choose = (command: PaletteCommand) => {
    writeStored('recentCommands', afterUse(recent, command.id));
    closeOverlay();
    command.run();
  };
  return (
    <Command label="Commands" loop filter={scoreOf}>
      <Command.Input
        autoFocus
        placeholder="Type a command or an agent’s name"
        className="text-selectable h-11 w-full border-b bg-transparent px-4 text-lg outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto overscroll-contain p-1.5">
        <Command.Empty className="px-2.5 py-6 text-center text-muted">
          Nothing is called that. Try an agent’s name, “theme” or “verify”.
        </Command.Empty>
        {sections.map(({ title, commands }) => (
          <Command.Group
            key={title}
            heading={title}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-faint"
          >
            {commands.map((command) => (
              <Row key={command.id} command={command} onChoose={choose} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

interface RowProps {
  command: PaletteCommand;
  onChoose: (command: PaletteCommand) => void;
}

function Row({ command, onChoose }: RowProps) {
  const { title, icon: Icon, shortcut, detail, keywords = [] } = command;
  return (
    <Command.Item
      value={title}
      keywords={[...keywords, command.section]}
      onSelect={() => onChoose(command)}
      className="flex h-row items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-selected"
    >
      <span className="flex w-4 text-muted">
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      </span>
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {detail && <span className="text-muted">{detail}</span>}
      {shortcut && <Kbd keys={shortcut} decorative />}
    </Command.Item>
  );
}
