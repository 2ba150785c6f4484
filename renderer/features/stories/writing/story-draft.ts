/** What is being written of a story: what of it is new, and what somebody else changed meanwhile. Pure. */
import type { StoryField, StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { CommandInput } from '../../../hub/bridge.ts';

export interface StoryDraft {
  readonly title: string;
  readonly body: string;
  readonly type: StoryRecord['type'];
  readonly priority: StoryRecord['priority'];
  /** With commas in between. */
  readonly labels: string;
  /** One a line. */
  readonly criteria: string;
  readonly dependsOn: readonly string[];
  /** Empty: any. */
  readonly profile: string;
  readonly review: StoryRecord['review'];
}

export const blankDraft: StoryDraft = {
  ...{ title: '', body: '', type: 'story', priority: 'normal', labels: '', criteria: '' },
  ...{ dependsOn: [], profile: '', review: 'gates' },
};

/** As the hub has it. */
export interface Written
  extends Pick<
    StoryRecord,
    'title' | 'type' | 'priority' | 'labels' | 'dependsOn' | 'profile' | 'review'
  > {
  readonly body: string;
  readonly criteria: ReadonlyArray<{ readonly text: string }>;
}

export function draftOf(story: Written): StoryDraft {
  const { title, body, type, priority, labels, criteria, dependsOn, profile = '', review } = story;
  return {
    ...{ title, body, type, priority, dependsOn, profile, review },
    labels: labels.join(', '),
    criteria: criteria.map(({ text }) => oneLine(text)).join('\n'),
  };
}

/** A criterion may have come with lines of its own; it is edited on one. */
function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

export function labelsOf(text: string): string[] {
  return [...new Set(text.split(',').map((label) => label.trim()))].filter((label) => label !== '');
}

export function criteriaOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== '');
}

export function toAddData(draft: StoryDraft): CommandInput<'story.add'> {
  const { labels, criteria, profile, dependsOn, ...plain } = draft;
  return {
    ...plain,
    title: draft.title.trim(),
    labels: labelsOf(labels),
    criteria: criteriaOf(criteria),
    dependsOn: [...dependsOn],
    ...(profile !== '' && { profile }),
  };
}

export type DraftField = keyof StoryDraft & StoryField;
const fields = [
  ...(['title', 'body', 'type', 'priority', 'labels', 'criteria'] as const),
  ...(['dependsOn', 'profile', 'review'] as const),
] as const satisfies readonly DraftField[];

function isSame(a: StoryDraft, b: StoryDraft, field: DraftField): boolean {
  return a[field] === b[field] || JSON.stringify(a[field]) === JSON.stringify(b[field]);
}

export function changedFields(base: StoryDraft, draft: StoryDraft): DraftField[] {
  return fields.filter((field) => !isSame(base, draft, field));
}

/** Only what is new; undefined when nothing is. */
export function toEditData(
  story: { readonly id: string; readonly version: number; readonly written: Written },
  draft: StoryDraft,
): CommandInput<'story.edit'> | undefined {
  const base = draftOf(story.written);
  const changed = changedFields(base, draft);
  if (changed.length === 0) return undefined;
  const all = toAddData(draft);
  const originals = new Map(story.written.criteria.map(({ text }) => [oneLine(text), text]));
  const patch = Object.fromEntries(
    changed
      .filter((field) => field !== 'profile')
      .map((field) => [
        field,
        // What reads the same keeps its number and its tick.
        field === 'criteria'
          ? all.criteria?.map((text) => originals.get(text) ?? text)
          : all[field],
      ]),
  );
  const profile = !changed.includes('profile')
    ? {}
    : draft.profile === ''
      ? { clear: ['profile' as const] }
      : { profile: draft.profile };
  return { story: story.id, ...patch, ...profile, ifVersion: story.version };
}

export interface Merged {
  /** Fields that were not touched here follow what is there now. */
  readonly draft: StoryDraft;
  /** Written here, and changed by somebody else to something else. */
  readonly collisions: readonly DraftField[];
}

/** `base`: as it was when writing began, or as it was last looked at. */
export function withOthers(base: StoryDraft, now: StoryDraft, draft: StoryDraft): Merged {
  const theirs = fields.filter((field) => !isSame(base, now, field));
  const untouched = theirs.filter((field) => isSame(base, draft, field));
  const collisions = theirs.filter(
    (field) => !untouched.includes(field) && !isSame(draft, now, field),
  );
  const followed = Object.fromEntries(untouched.map((field) => [field, now[field]]));
  return { draft: { ...draft, ...followed }, collisions };
}

/** What is wrong before it is sent, by field. */
export function faultsOf(draft: StoryDraft): Partial<Record<DraftField, string>> {
  const long = criteriaOf(draft.criteria).find((line) => line.length > 500);
  const label = labelsOf(draft.labels).find((one) => one.length > 60);
  return {
    ...(draft.title.trim() === '' && { title: 'Expected a title.' }),
    ...(long !== undefined && {
      criteria: `Expected at most 500 characters in one, found ${long.length}: “${long.slice(0, 40)}…”`,
    }),
    ...(criteriaOf(draft.criteria).length > 50 && { criteria: 'Expected at most 50.' }),
    ...(label !== undefined && { labels: `Expected at most 60 characters in one: “${label}”` }),
    ...(labelsOf(draft.labels).length > 30 && { labels: 'Expected at most 30.' }),
  };
}
