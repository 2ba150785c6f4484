import { CalendarClock, Play } from 'lucide-react';
import { useSend } from '../../hub/use-command.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { DetailFrame } from './detail-frame.tsx';
import type { InboxItem } from './inbox-items.ts';
import { useDismiss } from './use-dismiss.ts';

type TimerItem = Extract<InboxItem, { kind: 'reminder' | 'timer' }>;

/** What the operator wanted to be reminded of; and a timer that will not fire again as it is. */
export function TimerItemDetail({ item }: { item: TimerItem }) {
  const dismiss = useDismiss();
  const send = useSend();
  const isReminder = item.kind === 'reminder';
  const again = () => void send('timer.run', { timer: item.timer });
  useShortcuts([{ keys: 'r', run: again, decides: true }], !isReminder);
  return (
    <DetailFrame
      item={item}
      verb={isReminder ? 'as you wanted' : 'failed'}
      footer={
        <div className="flex flex-wrap items-center gap-2">
          {!isReminder && (
            <Button look="primary" icon={Play} shortcut="r" onClick={again}>
              Do it now
            </Button>
          )}
          <Button
            icon={CalendarClock}
            shortcut="Enter"
            onClick={() => navigate('schedule', `timer/${item.timer}`)}
          >
            Show in the schedule
          </Button>
          <Button look="quiet" className="ml-auto" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      <UntrustedText text={item.title} />
    </DetailFrame>
  );
}
