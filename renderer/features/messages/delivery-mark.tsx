import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import { useLiveTable } from '../../hub/use-records.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { nameOf } from './message-names.ts';
import { deliveriesNow, deliveryLooks, sumDeliveries } from './present-delivery.ts';

/** How far a message got: of one recipient its state, of several how many have got how far, and on focus or hover each of them. */
export function DeliveryMark({ message }: { message: TrackedMessage }) {
  const positions = useLiveTable('position');
  const deliveries = deliveriesNow(message, (agent) => positions?.get(agent));
  const sum = sumDeliveries(deliveries);
  if (sum === undefined) return <span className="text-xs text-faint">Nobody was there</span>;
  const { shape, tone } = deliveryLooks[sum.state];
  const label =
    deliveries.length === 1 ? deliveryLooks[sum.state].why : <Recipients deliveries={deliveries} />;
  return (
    <Tooltip label={label} side="left">
      <button type="button" className="flex shrink-0 rounded-sm text-xs whitespace-nowrap">
        <StatusDot shape={shape} tone={tone} word={sum.text} showWord />
      </button>
    </Tooltip>
  );
}

const mostListed = 20;

function Recipients({ deliveries }: { deliveries: ReturnType<typeof deliveriesNow> }) {
  const more = deliveries.length - mostListed;
  return (
    <span className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5 py-0.5">
      {deliveries.slice(0, mostListed).map(({ to, state }) => {
        const { shape, tone, word } = deliveryLooks[state];
        return (
          <span key={to} className="contents">
            <span className="truncate">{nameOf(to)}</span>
            <StatusDot shape={shape} tone={tone} word={word} showWord />
          </span>
        );
      })}
      {more > 0 && <span className="col-span-2 text-muted">and {more} others</span>}
    </span>
  );
}
