import { Toaster as Sonner, toast } from 'sonner';
import type { WireError } from '../../preload/contract/errors.ts';
import { toPlainText } from './plain-text.ts';

interface UndoOptions {
  label: string;
  onClick: () => void;
}

/** Says that something was done, with the way back where there is one. */
export function showDone(message: string, undo?: UndoOptions): void {
  toast(toPlainText(message), undo ? { action: undo } : {});
}

/** What went wrong and what to do now. Stays longer than good news, and can be dismissed. */
export function showError(error: WireError): void {
  toast.error(toPlainText(error.message), {
    id: `${error.code}:${error.message}`,
    description: toPlainText(error.mend),
    duration: 10_000,
  });
}

/** Once, in the app. */
export function Toaster() {
  return (
    <Sonner
      // Where the fewest buttons are: the send buttons of all views stand at the other end.
      position="bottom-left"
      visibleToasts={3}
      // Above the notices of the sidebar, where there are any.
      offset={{ bottom: 'calc(36px + var(--notices, 0px))', left: 12 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-90 items-start gap-2 rounded-md border border-line-strong bg-raised px-3 py-2 text-base text-fg shadow-float',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-muted',
          icon: 'mt-0.5 shrink-0 text-muted',
          error: '[&_[data-icon]]:text-red',
          actionButton:
            'shrink-0 rounded-md border border-line-strong px-2 py-0.5 text-sm hover:bg-hover',
        },
      }}
    />
  );
}
