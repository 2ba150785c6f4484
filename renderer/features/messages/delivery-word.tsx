import { deliveryAt, type DeliveryState } from '../../../preload/contract/delivery.ts';
import { useLive } from '../../hub/use-records.ts';
import { type DotShape, type DotTone, StatusDot } from '../../ui/status-dot.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

interface Look {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
  readonly why: string;
}

const looks: Readonly<Record<Exclude<DeliveryState, 'gone'>, Look>> = {
  queued: {
    ...{ shape: 'ring', tone: 'muted', word: 'Waits in its inbox' },
    why: 'It has not read its inbox since.',
  },
  delivered: {
    ...{ shape: 'disc', tone: 'muted', word: 'Delivered' },
    why: 'It has it, and has not said that it is handled.',
  },
  redelivered: {
    ...{ shape: 'half', tone: 'amber', word: 'Comes again' },
    why: 'It had it, and was started anew before it said that it is handled.',
  },
  acknowledged: {
    ...{ shape: 'check', tone: 'green', word: 'Acknowledged' },
    why: 'It said that it is handled.',
  },
};

/** How far a message to one agent got. Of one to all, each has its own way: `musher message get` tells. */
export function DeliveryWord({ to, seq }: { to: string; seq: number }) {
  const position = useLive('position', to);
  if (position === undefined) return null;
  const state = deliveryAt(seq, position);
  if (state === 'gone') return null;
  const { shape, tone, word, why } = looks[state];
  return (
    <Tooltip label={why}>
      <button type="button" className="flex rounded-sm text-xs text-faint">
        <StatusDot shape={shape} tone={tone} word={word} showWord />
      </button>
    </Tooltip>
  );
}
