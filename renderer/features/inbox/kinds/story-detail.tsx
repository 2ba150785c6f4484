import { GitPullRequestArrow } from 'lucide-react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { useQuery, useSend } from '../../../hub/use-command.ts';
import { useRecord } from '../../../hub/use-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { shortId } from '../../../ui/short-id.ts';
import { UntrustedLine, UntrustedText } from '../../../ui/untrusted-text.tsx';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { storyFacts } from './story.ts';
import { Problem } from '../problem.tsx';
import { type StoryWay, waysOf, wordOf } from './story-ways.ts';
import { useItemDecision } from '../use-item-decision.ts';

type StoryItem = Item<'story', StoryRecord>;

export const storyKind: InboxKind<'story', StoryRecord> = {
  ...storyFacts,
  open: ({ record }) => navigate('stories', record.id),
  Detail: StoryDetail,
};

/** A story does not go on by itself: why, where it stood, and every way on. */
export function StoryDetail({ item }: { item: StoryItem }) {
  const { record } = item;
  const { place } = record;
  const [first, ...others] = waysOf(record);
  const take = useTake(item);
  useShortcuts(
    [first, ...others].flatMap((way) =>
      way?.key === undefined ? [] : [{ keys: way.key, run: () => take(way), decides: true }],
    ),
  );
  const stands = 'over' in place ? ` in ${wordOf(place.over.stage)}` : '';
  const verb =
    place.stage === 'blocked' || place.stage === 'held'
      ? `${record.id} is ${place.stage}${stands}`
      : `${record.id} brings an answer`;
  return (
    <DetailFrame
      item={item}
      verb={verb}
      footer={
        <fieldset aria-label="Decision" className="flex min-w-0 flex-wrap items-center gap-2">
          {first && (
            <Button look="primary" shortcut={first.key} onClick={() => take(first)}>
              {first.word}
            </Button>
          )}
          {others.map((way) => (
            <Button
              key={way.word}
              look={way.key === undefined ? 'quiet' : 'normal'}
              className={way.key === undefined ? 'ml-auto' : ''}
              shortcut={way.key}
              onClick={() => take(way)}
            >
              {way.word}
            </Button>
          ))}
        </fieldset>
      }
    >
      <UntrustedText text={record.title} className="text-lg" />
      <Reason item={item} />
      <Facts record={record} />
    </DetailFrame>
  );
}

function useTake({ id, record }: StoryItem): (way: StoryWay) => void {
  const send = useSend();
  const decide = useItemDecision(id);
  return ({ what, take }) => decide(`${what}: ${record.title}`, () => take(send));
}

function Reason({ item: { record, title } }: { item: StoryItem }) {
  const { place } = record;
  const isAside = place.stage === 'blocked' || place.stage === 'held';
  const why = isAside ? place.reason : title.replace(`${record.id} (${record.title}): `, '');
  if (why === undefined) return <p className="mt-3 text-muted">No reason was given.</p>;
  const tone = place.stage === 'blocked' ? 'border-red' : 'border-amber';
  return (
    <div className={`mt-3 border-l-2 pl-3 ${tone}`}>
      <UntrustedText text={why} />
    </div>
  );
}

/** What it brings, and where the whole of it is read. */
function Facts({ record }: { record: StoryRecord }) {
  const { id, place, version } = record;
  const approval = useRecord('landing', id)?.approval ?? '';
  const request = useRecord('approval', approval);
  const line = 'over' in place ? place.over : place;
  const commit = 'commit' in line ? line.commit : undefined;
  return (
    <>
      {commit !== undefined && (
        <p className="mt-3 flex flex-wrap items-center gap-x-3 text-muted">
          <span>
            At <code className="text-selectable">{shortId(commit)}</code>
          </span>
          {request?.state === 'pending' && (
            <Button
              look="quiet"
              icon={GitPullRequestArrow}
              onClick={() => navigate('review', `approval/${request.id}`)}
            >
              Review its commit
            </Button>
          )}
        </p>
      )}
      <Said key={version} record={record} />
      <p className="mt-4">
        <Button shortcut="Enter" onClick={() => navigate('stories', id)}>
          The story and its history
        </Button>
      </p>
    </>
  );
}

/** What its agent answered, where that is all it brings; and its criteria. */
function Said({ record: { id, type, criteriaDone, criteriaTotal } }: { record: StoryRecord }) {
  const { result, error } = useQuery('story.get', { story: id, limit: 50 });
  if (error) return <Problem error={error} />;
  const { criteria = [], history = [] } = result ?? {};
  const answer = type === 'spike' ? answerIn(history.map(({ text }) => text)) : undefined;
  return (
    <>
      {answer !== undefined && (
        <>
          <h2 className="mt-4 mb-1 text-sm font-medium text-muted">Its answer</h2>
          <UntrustedText text={answer} />
        </>
      )}
      {criteriaTotal > 0 && (
        <h2 className="mt-4 mb-1 text-sm font-medium text-muted">
          Criteria, {criteriaDone} of {criteriaTotal} met
        </h2>
      )}
      <ul className="text-selectable">
        {criteria.map(({ n, text, done }) => (
          <li key={n} className="flex min-w-0 gap-2">
            <span className={done ? 'text-green' : 'text-faint'}>
              <span aria-hidden>{done ? '✓' : '○'}</span>
              <span className="sr-only">{done ? 'met:' : 'open:'}</span>
            </span>
            <UntrustedLine text={text} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was said with its submit. */
function answerIn(texts: readonly string[]): string | undefined {
  const mark = '→ qa by submit: ';
  const said = texts.findLast((text) => text.includes(mark));
  return said?.slice(said.indexOf(mark) + mark.length);
}
