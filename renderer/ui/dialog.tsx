import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  children?: ReactNode;
  /** Nothing inside takes the focus, so what scrolls has to, or no key moves it. */
  isText?: boolean;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  /** `full`: nearly the window; what is inside fills it and scrolls by itself. */
  width?: 'narrow' | 'normal' | 'wide' | 'full';
  /** Prevented, the focus does not return where it was. */
  onCloseAutoFocus?: (event: Event) => void;
}

const widths = {
  narrow: 'top-[12vh] max-h-[76vh] max-w-100',
  normal: 'top-[12vh] max-h-[76vh] max-w-130',
  wide: 'top-[12vh] max-h-[76vh] max-w-200',
  full: 'top-[4vh] h-[92vh] max-w-350',
};

/** Focus goes in, stays in, and returns where it was; Escape closes. */
export function Dialog(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    children,
    footer,
    isText,
    width = 'normal',
    onCloseAutoFocus,
  } = props;
  const [before] = useState(() => document.activeElement);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="appear fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]" />
        <Primitive.Content
          // Without a field that asked for it, the dialog itself has the focus: the first button is the one that closes.
          onOpenAutoFocus={focusItself}
          onCloseAutoFocus={(event) => {
            onCloseAutoFocus?.(event);
            // Radix knows the button that opened it alone, and these are opened by keys as well.
            if (!event.defaultPrevented && before instanceof HTMLElement) before.focus();
            event.preventDefault();
          }}
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={classNames(
            'appear fixed left-1/2 z-40 flex w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-lg border border-line-strong bg-bg shadow-float outline-none',
            widths[width],
          )}
        >
          <header className="flex items-start gap-2 px-4 pt-3 pb-2">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="text-muted">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton icon={X} label="Close" shortcut="Escape" className="-mr-1.5" />
            </Primitive.Close>
          </header>
          {children && (
            <div
              tabIndex={isText ? 0 : undefined}
              className={width === 'full' ? filled : 'min-h-0 flex-1 overflow-y-auto px-4 py-2'}
            >
              {children}
            </div>
          )}
          {footer && <footer className="flex justify-end gap-2 px-4 pt-2 pb-4">{footer}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** For `onOpenAutoFocus`: the dialog has the keyboard, and none of its buttons. */
export function focusItself(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

const filled = 'flex min-h-0 flex-1 flex-col overflow-hidden rounded-b-lg border-t';

interface ConfirmDialogProps extends Omit<DialogProps, 'footer' | 'width'> {
  /** The verb: `Destroy`, never `OK`. */
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks once before something that is not undone by one key; says what is kept. */
export function ConfirmDialog({ confirm, danger, onConfirm, ...dialog }: ConfirmDialogProps) {
  const handleConfirm = () => {
    dialog.onOpenChange(false);
    onConfirm();
  };
  return (
    <Dialog
      {...dialog}
      width="narrow"
      footer={
        <>
          <Button autoFocus onClick={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button look={danger ? 'danger' : 'primary'} onClick={handleConfirm}>
            {confirm}
          </Button>
        </>
      }
    />
  );
}
