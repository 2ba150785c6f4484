import { Play, Zap } from 'lucide-react';
import { useSend } from '../../../hub/use-command.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { showTrigger } from '../../triggers/index.ts';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { triggerFacts } from './trigger.ts';
import { useDismiss } from '../use-dismiss.ts';

type TriggerItem = Item<'trigger', string>;

export const triggerKind: InboxKind<'trigger', string> = {
  ...triggerFacts,
  open: ({ record }) => showTrigger(record),
  Detail: TriggerDetail,
};

/** A trigger that Musher paused, or that was to fire once and failed: it does not fire as it is. */
export function TriggerDetail({ item }: { item: TriggerItem }) {
  const dismiss = useDismiss();
  const send = useSend();
  const resume = () => void send('trigger.resume', { trigger: item.record });
  useShortcuts([{ keys: 'r', run: resume, decides: true }]);
  return (
    <DetailFrame
      item={item}
      verb="fires no more"
      footer={
        <div className="flex flex-wrap items-center gap-2">
          <Button
            look="primary"
            icon={Zap}
            shortcut="Enter"
            onClick={() => showTrigger(item.record)}
          >
            Show the trigger
          </Button>
          <Button icon={Play} shortcut="r" onClick={resume}>
            Arm it again
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
