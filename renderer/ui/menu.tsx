import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';

export interface MenuItem {
  readonly label: string;
  /** Small, below it: what tells it from one of the same name. */
  readonly detail?: string;
  readonly icon?: LucideIcon;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  /** One element that can hold a ref: a Button or IconButton. */
  children: ReactNode;
  /** Groups, with a hairline between them. */
  groups: ReadonlyArray<readonly MenuItem[]>;
  align?: 'start' | 'end';
  /** Where a shortcut opens it too; left out, it opens by its button alone. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

export function Menu({ children, groups, align = 'end', isOpen, onOpenChange }: MenuProps) {
  const shown = groups.filter((group) => group.length > 0);
  return (
    <DropdownMenu.Root
      {...(isOpen !== undefined && { open: isOpen })}
      {...(onOpenChange && { onOpenChange })}
    >
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="appear z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-md border border-line-strong bg-raised py-1 shadow-float"
        >
          {shown.map((group, at) => (
            <DropdownMenu.Group key={group[0]?.label}>
              {at > 0 && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
              {group.map((item) => (
                <Item key={item.detail ?? item.label} item={item} />
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  const Icon = item.icon;
  return (
    <DropdownMenu.Item
      disabled={item.disabled ?? false}
      onSelect={item.onSelect}
      className={classNames(
        'mx-1 flex min-h-7 items-center gap-2 rounded-sm px-2 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-selected',
        item.detail !== undefined && 'max-w-90 py-1',
        item.danger && 'text-red',
      )}
    >
      <span className="flex w-4 shrink-0">
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.label}</span>
        {item.detail !== undefined && (
          <span className="block truncate text-sm text-muted" title={item.detail}>
            {item.detail}
          </span>
        )}
      </span>
      {item.shortcut && <Kbd keys={item.shortcut} decorative />}
    </DropdownMenu.Item>
  );
}
