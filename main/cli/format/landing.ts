/** Stories on their way into the target, each with what it waits for: the whole of it, however narrow the terminal. */
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { wrappedTable } from './table.ts';

export const landingFormats = {
  'story.review': ({ story, verdict }) =>
    `${oneLine(story)} ${verdict === 'pass' ? 'passed' : 'did not pass'} its review.`,
  'landing.list': ({ stories }, view) =>
    stories.length === 0
      ? 'No story is on its way into a target.'
      : wrappedTable(
          ['ID', 'STAGE', 'AGENT', 'REQUEST', 'TITLE', 'WAITS FOR'],
          stories.map(({ id, stage, agent, approval, title, waitsFor }) => [
            ...[id, stage.replace('_', ' '), agent ?? '-', approval ?? '-'],
            ...[title, oneLine(waitsFor)],
          ]),
          view,
        ),
} satisfies Formatters;
