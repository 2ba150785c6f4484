/** What a story says, field by field: what is new of it, and criteria under the numbers that they keep. Pure. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { stories as contract } from '../../../preload/contract/stories.ts';
import type { StoryField } from '../../../preload/contract/story-facts.ts';
import { shortHash } from '../../base/short-hash.ts';
import type { Story } from './slice.ts';

type Written = EventData<typeof contract, 'story.edited'>['fields'];

/** As somebody wants them: criteria without numbers yet. An empty profile: any. */
export type Fields = {
  readonly [Field in Exclude<StoryField, 'criteria' | 'labels' | 'dependsOn'>]?:
    | Written[Field]
    | undefined;
} & {
  readonly criteria?: readonly string[] | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly dependsOn?: readonly string[] | undefined;
};

export function numbered(criteria: readonly string[]) {
  return criteria.map((text, at) => ({ n: at + 1, text, done: false }));
}

/** Only what differs from what is there. */
export function changesOf(story: Story, wanted: Fields): Written {
  const { body, criteria, labels, dependsOn, title, type, priority, review, profile } = wanted;
  const lists = {
    ...(labels !== undefined && !isSame(labels, story.labels) && { labels: [...new Set(labels)] }),
    ...(dependsOn !== undefined &&
      !isSame(dependsOn, story.dependsOn) && { dependsOn: [...new Set(dependsOn)] }),
    ...(criteria !== undefined &&
      !isSame(
        criteria,
        story.criteria.map(({ text }) => text),
      ) && { criteria: renumbered(story, criteria) }),
  };
  return {
    ...(title !== undefined && title !== story.title && { title }),
    ...(body !== undefined && shortHash(body) !== story.bodyHash && { body }),
    ...(type !== undefined && type !== story.type && { type }),
    ...(priority !== undefined && priority !== story.priority && { priority }),
    ...(review !== undefined && review !== story.review && { review }),
    ...(profile !== undefined && profile !== (story.profile ?? '') && { profile }),
    ...lists,
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const one = [...new Set(a)];
  return one.length === b.length && one.every((text, at) => text === b[at]);
}

/** One that reads as before keeps its number and its tick; others get numbers that nobody had. */
function renumbered({ criteria, nextCriterion }: Story, texts: readonly string[]) {
  let next = nextCriterion;
  return [...new Set(texts)].map((text) => {
    const known = criteria.find((one) => one.text === text);
    if (known !== undefined) return { n: known.n, text, done: known.done };
    return { n: next++, text, done: false };
  });
}
