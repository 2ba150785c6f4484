import { CalendarClock, Play } from 'lucide-react';
import { useSend } from '../../../hub/use-command.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { reminderFacts, timerFacts } from './timer.ts';
import { useDismiss } from '../use-dismiss.ts';

type TimerItem = Item<'reminder' | 'timer', string>;

const show = (timer: string) => navigate('schedule', `timer/${timer}`);

export const reminderKind: InboxKind<'reminder', string> = {
  ...reminderFacts,
  open: ({ record }) => show(record),
  Detail: TimerDetail,
};

export const timerKind: InboxKind<'timer', string> = {
  ...timerFacts,
  open: ({ record }) => show(record),
  Detail: TimerDetail,
};

/** What the operator wanted to be reminded of; and a timer that will not fire again as it is. */
export function TimerDetail({ item }: { item: TimerItem }) {
  const dismiss = useDismiss();
  const send = useSend();
  const isReminder = item.kind === 'reminder';
  const again = () => void send('timer.run', { timer: item.record });
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
            onClick={() => navigate('schedule', `timer/${item.record}`)}
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
