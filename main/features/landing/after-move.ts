/** What a move of its story makes of what is remembered of its way. Pure. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { stories } from '../../../preload/contract/stories.ts';
import { formerOf, type Landing } from './slice.ts';

type Moved = EventData<typeof stories, 'story.moved'>;

export function afterMove(row: Landing, data: Moved, event: EventEnvelope): Landing {
  const { place, agent, from } = data;
  const { stage } = place;
  const here: Landing = {
    ...row,
    stage,
    over: 'over' in place ? place.over.stage : undefined,
    ...(agent !== undefined && { hadAgent: true as const }),
  };
  switch (stage) {
    case 'qa':
      return cameBack.has(data.transition)
        ? at(place.commit, here, row)
        : anew({ ...here, commit: place.commit }, row);
    case 'merge': {
      const next = at(place.commit, here, row);
      const isOther = place.commit !== row.commit;
      return intoMerge(next, { transition: data.transition, isOther }, event);
    }
    case 'merge_failed':
      return intoFailure(at(place.commit, here, row), data.transition);
    case 'done':
      return { ...ended(here, row), doneMs: place.merge?.mergedMs ?? event.atMs };
    case 'blocked':
    case 'held':
    case 'frozen':
      return here;
    default:
      // Whoever sends it back to the backlog wants all of it begun anew.
      return stage === 'coding' && from !== 'backlog'
        ? { ...ended(here, row), strikes: row.strikes, menders: row.menders }
        : ended(here, row);
  }
}

/** Off a side state it is as it was, but for a failure, which help has come for. */
const cameBack: ReadonlySet<string> = new Set(['unblock', 'release', 'unfreeze']);

/** Another commit than before may be named with any move there. */
function at(commit: string | undefined, here: Landing, row: Landing): Landing {
  return commit === row.commit ? here : anew({ ...here, commit }, row);
}

/** A commit that nobody has looked at: what was asked and said of the one before counts for nothing. */
function anew(here: Landing, row: Landing): Landing {
  return {
    ...here,
    ...{ approval: undefined, review: undefined, mender: undefined, left: undefined },
    ...{ isByHand: undefined, isRetried: undefined, isResumed: undefined, yes: undefined },
    ...{ isLeft: undefined, isSaid: undefined, isSettled: undefined, others: formerOf(row) },
  };
}

function ended(here: Landing, row: Landing): Landing {
  return { ...anew(here, row), commit: undefined, strikes: 0, menders: 0, doneMs: undefined };
}

interface IntoMerge {
  readonly transition: Moved['transition'];
  readonly isOther: boolean;
}

function intoMerge(
  here: Landing,
  { transition, isOther }: IntoMerge,
  { actor }: EventEnvelope,
): Landing {
  if (cameBack.has(transition)) return { ...here, isResumed: undefined };
  if (transition !== 'retry_merge' || isOther)
    return { ...here, isByHand: actor === 'operator' ? true : undefined, isRetried: undefined };
  const isRetried = here.isSaid === true ? undefined : true;
  return { ...here, isRetried, isResumed: undefined };
}

/** While a merge agent works, a failure is nothing that it has to answer for. */
function intoFailure(here: Landing, transition: string): Landing {
  if (transition === 'fail_merge')
    return {
      ...{ ...here, isRetried: undefined, isResumed: undefined },
      strikes: here.mender === undefined ? here.strikes + 1 : here.strikes,
    };
  if (!cameBack.has(transition)) return here;
  const isHelped = transition === 'unblock';
  return {
    ...{ ...here, isResumed: true, mender: undefined },
    ...(isHelped && { strikes: 0, menders: 0 }),
  };
}
