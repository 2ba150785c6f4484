import { useMemo, useState } from 'react';
import { storyPriorities } from '../../../../preload/contract/story-stages.ts';
import { storyTypes } from '../../../../preload/contract/story-stages.ts';
import { useQuery } from '../../../hub/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select, TextArea, TextField } from '../../../ui/text-field.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { Markdown } from '../page/lazy-markdown.tsx';
import { priorityTitles, reviewTitles, typeTitles } from '../stage-words.ts';
import { useKnown } from '../use-stories.ts';
import type { Known } from '../waits-for.ts';
import type { DraftField, StoryDraft } from './story-draft.ts';
import { StorySearch } from './story-search.tsx';

interface StoryFieldsProps {
  draft: StoryDraft;
  faults: Partial<Record<DraftField, string>>;
  /** Of one that is edited: it is not offered to itself. */
  story?: string;
  /** Somebody changed it meanwhile: what it says now, and what is done about it. */
  collisions?: Collisions;
  /** The title has the keyboard. */
  isNew?: boolean;
  onChange: (patch: Partial<StoryDraft>) => void;
}

export interface Collisions {
  readonly fields: readonly DraftField[];
  readonly theirs: StoryDraft;
  /** Theirs in place of what was written here. */
  readonly onTake: (field: DraftField) => void;
  /** What was written here goes over theirs. */
  readonly onKeep: (field: DraftField) => void;
}

/** All that is written of a story. */
export function StoryFields(props: StoryFieldsProps) {
  const { draft, faults, story, collisions, isNew = false, onChange } = props;
  const clash = (field: DraftField) => <Collision field={field} collisions={collisions} />;
  const except = useMemo(() => (story === undefined ? [] : [story]), [story]);
  const whyNot = useWhyNot(story);
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label="Title"
        autoFocus={isNew}
        error={faults.title}
        maxLength={300}
        value={draft.title}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      {clash('title')}
      <BodyField draft={draft} onChange={onChange} />
      {clash('body')}
      <TextArea
        label="Done when"
        hint="One criterion a line. Its agent ticks each that it has proved."
        error={faults.criteria}
        rows={3}
        value={draft.criteria}
        onChange={(event) => onChange({ criteria: event.target.value })}
      />
      {clash('criteria')}
      <Choices draft={draft} onChange={onChange} />
      {(['type', 'priority', 'review', 'profile'] as const).map((field) => (
        <Collision key={field} field={field} collisions={collisions} />
      ))}
      <TextField
        label="Labels"
        hint="With commas in between"
        error={faults.labels}
        value={draft.labels}
        onChange={(event) => onChange({ labels: event.target.value })}
      />
      {clash('labels')}
      <StorySearch
        label="Depends on"
        hint="It does not begin before these are done."
        error={faults.dependsOn}
        chosen={draft.dependsOn}
        except={except}
        whyNot={whyNot}
        onChange={(dependsOn) => onChange({ dependsOn })}
      />
      {clash('dependsOn')}
    </div>
  );
}

function BodyField({ draft, onChange }: Pick<StoryFieldsProps, 'draft' | 'onChange'>) {
  const [isPreview, setPreview] = useState(false);
  return (
    <div className="relative">
      <div className="absolute top-0 right-0 z-10 -mt-1">
        <Segmented
          label="What is shown of the text"
          value={isPreview ? 'preview' : 'write'}
          segments={[
            { value: 'write', label: 'Write' },
            { value: 'preview', label: 'Preview' },
          ]}
          onChange={(shown) => setPreview(shown === 'preview')}
        />
      </div>
      {isPreview ? (
        <div>
          <div className="mb-1 h-5 font-medium">What is to be done</div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <div tabIndex={0} className="h-44 overflow-y-auto rounded-md border px-3 py-2">
            <Markdown text={draft.body} />
          </div>
        </div>
      ) : (
        <TextArea
          label="What is to be done"
          placeholder="In markdown"
          rows={8}
          maxLength={65_536}
          className="mt-0.5 h-44 font-mono text-sm"
          value={draft.body}
          onChange={(event) => onChange({ body: event.target.value })}
        />
      )}
    </div>
  );
}

function Choices({ draft, onChange }: Pick<StoryFieldsProps, 'draft' | 'onChange'>) {
  const { result } = useQuery('agent.profiles', {});
  const profiles = (result?.profiles ?? []).map(({ name }) => name);
  // One that was chosen and is not there any more is shown all the same.
  const named = [...new Set([...(draft.profile === '' ? [] : [draft.profile]), ...profiles])];
  return (
    <div className="grid grid-cols-2 gap-3">
      <Select
        label="Type"
        value={draft.type}
        onChange={(event) => onChange({ type: event.target.value as StoryDraft['type'] })}
      >
        {storyTypes.map((type) => (
          <option key={type} value={type}>
            {typeTitles[type]}
          </option>
        ))}
      </Select>
      <Select
        label="Priority"
        value={draft.priority}
        onChange={(event) => onChange({ priority: event.target.value as StoryDraft['priority'] })}
      >
        {storyPriorities.map((priority) => (
          <option key={priority} value={priority}>
            {priorityTitles[priority]}
          </option>
        ))}
      </Select>
      <Select
        label="Profile of its agent"
        value={draft.profile}
        onChange={(event) => onChange({ profile: event.target.value })}
      >
        <option value="">Any</option>
        {named.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        label="Review before the merge"
        value={draft.review}
        onChange={(event) => onChange({ review: event.target.value as StoryDraft['review'] })}
      >
        {(['gates', 'agent', 'human'] as const).map((review) => (
          <option key={review} value={review}>
            {reviewTitles[review]}
          </option>
        ))}
      </Select>
    </div>
  );
}

interface CollisionProps {
  field: DraftField;
  collisions: Collisions | undefined;
}

const fieldTitles: Readonly<Record<DraftField, string>> = {
  ...{ title: 'the title', body: 'the text', type: 'the type', priority: 'the priority' },
  ...{ labels: 'the labels', criteria: 'the criteria', dependsOn: 'what it depends on' },
  ...{ profile: 'the profile', review: 'who must be content' },
};

/** Two wrote the same field: both are in sight, and nothing is lost before one is chosen. */
function Collision({ field, collisions }: CollisionProps) {
  if (!collisions?.fields.includes(field)) return null;
  const theirs = String(collisions.theirs[field]);
  return (
    <div
      role="alert"
      className="-mt-1 flex items-start gap-2 rounded-md border border-amber bg-amber-soft px-2 py-1.5 text-sm"
    >
      <div className="min-w-0 flex-1">
        <div className="font-medium">
          Somebody changed {fieldTitles[field]} meanwhile. It says now:
        </div>
        <div className="text-untrusted line-clamp-4">{toPlainLine(theirs) || 'nothing'}</div>
      </div>
      <Button onClick={() => collisions.onTake(field)}>Take theirs</Button>
      <Button onClick={() => collisions.onKeep(field)}>Keep mine</Button>
    </div>
  );
}

/** What waits for this story, over however many, cannot be waited for by it. */
function useWhyNot(story: string | undefined): (id: string) => string | undefined {
  const known = useKnown();
  return useMemo(
    () => (id) =>
      story !== undefined && leadsTo(id, story, known) ? `waits for ${story} itself` : undefined,
    [story, known],
  );
}

function leadsTo(from: string, to: string, known: Known): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const by = known.gone(id)?.by;
    const next = [...(known.story(id)?.dependsOn ?? []), ...(by === undefined ? [] : [by])];
    if (next.includes(to)) return true;
    for (const one of next) {
      if (!seen.has(one)) open.push(one);
      seen.add(one);
    }
  }
  return false;
}
