/** Stories from issues in JSON, one or a list, as GitHub's API and its command line write them. */
import { z } from 'zod';
import { type StoryType, storyTypes } from '../../../preload/contract/story-stages.ts';
import { storyBody, storyLabel, storyTitle } from '../../../preload/contract/story-facts.ts';
import { storyPriorities } from '../../../preload/contract/story-stages.ts';
import { reasonOf } from '../../base/result.ts';
import type { ImportItem, ImportRead } from '../../features/stories/ports.ts';
import { sayIssue } from '../../base/say-issue.ts';

const named = <Key extends string>(key: Key) =>
  z.union([z.string(), z.looseObject({ [key]: z.string() }).transform((one) => String(one[key]))]);

const issueSchema = z.looseObject({
  number: z.number().int().min(1),
  title: storyTitle,
  body: storyBody.nullish(),
  labels: z.array(named('name').pipe(storyLabel)).max(100).nullish(),
  state: z
    .string()
    .regex(/^(open|closed)$/i, 'expected open or closed')
    .nullish(),
  assignees: z.array(named('login')).max(20).nullish(),
  /** For a browser; `url` is the same from the command line, and of the API from the API. */
  html_url: z.string().max(2_000).nullish(),
  url: z.string().max(2_000).nullish(),
});
type Issue = z.output<typeof issueSchema>;

/** Of one file at most. */
const faultsSaid = 20;

export function parseIssues({ path, text }: { path: string; text: string }): ImportRead {
  const nothing = { items: [], skipped: 0 };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return {
      ...nothing,
      faults: [
        `${path}: expected an issue or a list of issues in JSON, found what does not parse: ${reasonOf(error)}`,
      ],
    };
  }
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const items: ImportItem[] = [];
  const faults: string[] = [];
  let skipped = 0;
  for (const [at, one] of list.entries()) {
    if (isPullRequest(one)) skipped += 1;
    else {
      const checked = issueSchema.safeParse(one);
      if (checked.success) items.push(toItem(path, checked.data));
      else faults.push(...checked.error.issues.map((issue) => sayFault(issue, { path, at, one })));
    }
  }
  const more = faults.length - faultsSaid;
  const said =
    more > 0 ? [...faults.slice(0, faultsSaid), `${path}: … and ${more} more faults`] : faults;
  return { items, faults: said, skipped };
}

/** GitHub lists them among issues. */
function isPullRequest(one: unknown): boolean {
  return (
    typeof one === 'object' && one !== null && 'pull_request' in one && one.pull_request !== null
  );
}

function sayFault(
  issue: z.core.$ZodIssue,
  { path, at, one }: { path: string; at: number; one: unknown },
): string {
  const number =
    typeof one === 'object' && one !== null && 'number' in one
      ? ` (#${String(one.number).slice(0, 20)})`
      : '';
  const field = issue.path.join('.');
  return `${path}: issue ${at + 1}${number}${field === '' ? '' : `, ${field}`}: ${sayIssue(issue, one)}`;
}

function toItem(path: string, issue: Issue): ImportItem {
  const { number, title, body, labels, state, assignees, html_url, url } = issue;
  const address = html_url ?? url ?? undefined;
  const all = labels ?? [];
  return {
    key: `issue:${address ?? `#${number}`}`,
    name: address ?? `${path} #${number}`,
    aliases: [`#${number}`, String(number)],
    fields: {
      title,
      body: (body ?? '').replaceAll('\r\n', '\n').trim(),
      labels: [...all, ...(assignees ?? []).map((login) => `assignee:${login}`.slice(0, 60))],
      ...wordOf<StoryType>(all, /^(?:(?:type|kind)[:/ -]+)?(\w+)$/i, storyTypes, 'type'),
      ...wordOf(all, /^(?:priority|prio)[:/ -]+(\w+)$/i, storyPriorities, 'priority'),
    },
    isClosed: state?.toLowerCase() === 'closed',
  };
}

/** A label that says what a field of a story says: `bug`, `priority: high`. */
function wordOf<Word extends string>(
  ...[labels, pattern, words, field]: [readonly string[], RegExp, readonly Word[], string]
): Record<string, Word> {
  const said = labels.map((label) => pattern.exec(label)?.[1]?.toLowerCase());
  const word = words.find((one) => said.includes(one));
  return word === undefined ? {} : { [field]: word };
}
