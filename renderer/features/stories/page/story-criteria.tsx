import type { Criterion } from '../../../../preload/contract/story-facts.ts';
import { useSend } from '../../../hub/use-command.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { sayActor } from './say-actor.ts';
import type { StoryDetail } from './use-story-detail.ts';

/** When it is done: each with its tick, who set it, and when. */
export function StoryCriteria({ detail }: { detail: StoryDetail }) {
  const send = useSend();
  const { id, criteria } = detail;
  if (criteria.length === 0) return null;
  const done = criteria.filter((one) => one.done).length;
  return (
    <section aria-labelledby="story-criteria">
      <h2 id="story-criteria" className="pb-1 font-semibold">
        Done when{' '}
        <span className="font-normal text-muted">
          {done} of {criteria.length} met
        </span>
      </h2>
      <ul className="divide-y border-y">
        {criteria.map((one) => (
          <CriterionRow
            key={one.n}
            criterion={one}
            onToggle={() =>
              void send(one.done ? 'story.untick' : 'story.tick', { story: id, criterion: one.n })
            }
          />
        ))}
      </ul>
    </section>
  );
}

function CriterionRow({ criterion, onToggle }: { criterion: Criterion; onToggle: () => void }) {
  const { n, text, done, by, atMs } = criterion;
  return (
    <li className="flex items-start gap-2.5 py-1.5">
      <input
        type="checkbox"
        id={`criterion-${n}`}
        checked={done}
        onChange={onToggle}
        className="mt-1 size-3.5 shrink-0 accent-accent"
      />
      <label htmlFor={`criterion-${n}`} className="min-w-0 flex-1">
        <UntrustedText text={text} />
      </label>
      <span className="shrink-0 text-sm text-faint">
        {by !== undefined && atMs !== undefined && (
          <>
            {sayActor(by)}, <RelativeTime atMs={atMs} withAgo />
          </>
        )}
      </span>
    </li>
  );
}
