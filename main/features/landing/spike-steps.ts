/** A spike brings an answer and no commit: what is to be seen of it are its criteria and what its agent said. Pure. */
import { advance } from './advance.ts';
import type { Step } from './steps.ts';
import type { View } from './view.ts';

export function spikeStep(view: View): Step | undefined {
  const { story, row } = view;
  if (row.left !== undefined) return undefined;
  const open = story.criteria.filter(({ done }) => !done);
  // Nobody but a person can say whether an answer is one; where nobody is wished for, its own ticks must do.
  if (story.review === 'gates' && open.length === 0)
    return advance(view, {
      transition: 'conclude',
      cause: { kind: 'landing' },
      reason: 'A spike whose criteria are all met; its answer is in its history.',
    });
  const why =
    open.length === 0
      ? 'It brings an answer and no commit: read it, and conclude it or send it back.'
      : `It brings no commit, and ${open.length} of its criteria ${open.length === 1 ? 'is' : 'are'} not met: ${open.map(({ text }) => text).join('; ')}`;
  const data = { story: story.id, why: why.slice(0, 2_000) };
  return { key: 'leave', command: { type: 'landing.leave', data } };
}
