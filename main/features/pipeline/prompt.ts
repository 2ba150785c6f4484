/** What an agent is told of its story. Pure. What the story says is untrusted text of whoever wrote it, and stands between marks. */
import type { StoryType } from '../../../preload/contract/story-stages.ts';
import type { Story } from '../stories/index.ts';

export interface Told {
  readonly story: Pick<Story, 'id' | 'title' | 'type' | 'criteria'>;
  readonly body: string;
  /** Why it came back, where it did. */
  readonly back?: string | undefined;
}

const mark = '-----';

const rules: Readonly<Record<StoryType, string>> = {
  story: 'Do what it says, with tests that show it.',
  bug: 'It is a bug: begin with a test that fails because of it, commit that, and then mend it.',
  spike:
    'It is a spike: find the answer. It brings no code; what you write to try things is not committed. The answer itself is what you submit.',
  chore: 'It is a chore: nothing that a user sees becomes another.',
};

/** The whole story, as a first prompt or to an agent that works on something else so far. */
export function storyPrompt({ story, body, back }: Told): string {
  const { id, title, type, criteria } = story;
  return [
    `You work on story ${id}, in your own worktree and on your own branch. The story is what stands between the lines of ${mark}.`,
    '',
    mark,
    title,
    ...(body.trim() === '' ? [] : ['', cut(body.trim(), id)]),
    ...(criteria.length === 0 ? [] : ['', 'It is done when:']),
    ...criteria.map(({ n, text, done }) => `${n}. [${done ? 'x' : ' '}] ${text}`),
    mark,
    '',
    rules[type],
    ...(back === undefined ? [] : ['', back]),
    '',
    ...howTo(story),
  ].join('\n');
}

/** All of it together fits into a prompt; what the longest body has beyond this is read from the story. */
const bodyChars = 50_000;

function cut(body: string, id: string): string {
  if (body.length <= bodyChars) return body;
  return `${body.slice(0, bodyChars)}…\n(There is more: musher story show ${id})`;
}

/** To an agent that knows the story. */
export function backPrompt({ story, back = '' }: Omit<Told, 'body'>): string {
  const { id, title } = story;
  return [
    `Story ${id} (${title}) is yours to go on with. What it says: musher story show ${id}`,
    '',
    back,
    '',
    ...howTo(story),
  ].join('\n');
}

function howTo({ id, type, criteria }: Told['story']): string[] {
  const [first] = criteria;
  const submit =
    type === 'spike'
      ? `musher story submit ${id} --note "the answer, in a few sentences"`
      : `musher story submit ${id} --commit "$(git rev-parse HEAD)"`;
  return [
    ...(first === undefined
      ? []
      : [
          `- Tick each criterion that you have proved, by its number: musher story tick ${id} ${first.n}`,
        ]),
    `- When it is done${type === 'spike' ? '' : ' and committed'}: ${submit}`,
    `- When you need an answer to go on: musher ask "…" --wait 10m`,
    `- When it cannot go on without help: musher story block ${id} "what is missing"`,
    '- What comes for you while you work: musher inbox --ack',
    '- Work in your worktree alone. Merge and push nothing: what you submit is checked and merged for you.',
  ];
}

/** To an agent that has come to rest. */
export function reminder(story: Told['story']): string {
  const { id, title } = story;
  return [
    `Story ${id} (${title}) is still yours, and you have come to rest. Go on with it, or say what becomes of it.`,
    '',
    ...howTo(story),
  ].join('\n');
}

/** Typed to a CLI that was started again and sits at its prompt. */
export function kickText(story: string): string {
  return `Story ${story} waits for you: read your messages (\`musher inbox --ack\`) and go on with it.`;
}
