/** A story from a markdown file: YAML between two lines of `---`, then its body. What does not fit is said by file, line and what was expected. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import {
  storyBody,
  storyCriteria,
  storyLabels,
  storyPrioritySchema,
  storyReviewSchema,
  storyTitle,
  storyTypeSchema,
} from '../../../preload/contract/story-facts.ts';
import type { ImportItem } from '../../features/stories/ports.ts';
import { reasonOf } from '../../base/result.ts';
import { sayIssue } from '../../base/say-issue.ts';

const name = z.union([z.string().trim().min(1).max(200), z.number().int().transform(String)]);
const matterSchema = z.strictObject({
  /** Names it in later imports, and in `dependsOn` of others, also when the file moves. */
  id: name.optional(),
  title: storyTitle.optional(),
  type: storyTypeSchema.optional(),
  priority: storyPrioritySchema.optional(),
  labels: storyLabels.optional(),
  criteria: storyCriteria.optional(),
  dependsOn: z.array(name).max(50).optional(),
  profile: z.string().trim().min(1).max(40).optional(),
  review: storyReviewSchema.optional(),
});
const keys = Object.keys(matterSchema.shape);
/** Written otherwise elsewhere. */
const otherNames: Readonly<Record<string, string>> = {
  depends_on: 'dependsOn',
  'depends-on': 'dependsOn',
  name: 'title',
};

export interface MarkdownFile {
  /** From the repository, or absolute outside of it; with `/`. */
  readonly path: string;
  readonly text: string;
}

type Parsed = { readonly item: ImportItem } | { readonly faults: readonly string[] };

export function parseMarkdown({ path, text }: MarkdownFile): Parsed {
  const parts = splitMatter(text);
  if (parts === undefined)
    return {
      faults: [
        `${path}:1: expected a line "---" that ends the front matter, found the end of the file`,
      ],
    };
  const matter = readMatter(path, parts.matter);
  if ('faults' in matter) return matter;
  const { id, title = headingOf(parts.body), ...fields } = matter.value;
  const body = parts.body.trim();
  const fault = bodyFault(body) ?? (title === undefined ? noTitle : undefined);
  if (fault !== undefined || title === undefined)
    return { faults: [`${path}:1: ${fault ?? noTitle}`] };
  const { dependsOn, ...written } = fields;
  const file = path.slice(path.lastIndexOf('/') + 1);
  const item: ImportItem = {
    key: id === undefined ? `file:${path}` : `id:${id}`,
    name: path,
    aliases: [path, file, file.replace(/\.md$/i, ''), ...(id === undefined ? [] : [id])],
    fields: { ...written, title, body },
    dependsOn,
    isClosed: false,
  };
  return { item };
}

const noTitle =
  'expected a title in the front matter, or a heading "# …" in the text, found neither';

function bodyFault(body: string): string | undefined {
  const checked = storyBody.safeParse(body);
  if (checked.success) return undefined;
  return `its text: expected at most 65536 bytes, found ${Buffer.byteLength(body)}`;
}

function splitMatter(text: string): { matter: string; body: string } | undefined {
  const all = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!/^---[ \t]*\n/.test(all)) return { matter: '', body: all };
  const end = /\n---[ \t]*(\n|$)/.exec(all.slice(3));
  if (end === null) return undefined;
  const at = 3 + end.index;
  return { matter: all.slice(all.indexOf('\n') + 1, at + 1), body: all.slice(at + end[0].length) };
}

function headingOf(body: string): string | undefined {
  const heading = /^#{1,6}[ \t]+(.+?)[ \t]*#*$/m.exec(body)?.[1]?.trim();
  return heading === undefined || heading === '' ? undefined : heading.slice(0, 300);
}

/** The first line of the front matter is the second of the file. */
const lineBefore = 1;
/** Of one file at most. */
const faultsSaid = 20;

function readMatter(
  path: string,
  matter: string,
): { value: z.output<typeof matterSchema> } | { faults: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(matter, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${path}:${lines.linePos(offset).line + lineBefore}`;
  if (document.errors.length > 0)
    return {
      faults: document.errors
        .slice(0, faultsSaid)
        .map(({ pos, message }) => `${at(pos[0])}: this is no YAML: ${message}`),
    };
  let value: unknown;
  try {
    // Ten names for one thing are enough: more only serve to blow it up.
    value = document.toJS({ maxAliasCount: 10 }) ?? {};
  } catch (error) {
    return { faults: [`${path}:2: ${reasonOf(error)}`] };
  }
  const checked = matterSchema.safeParse(renamed(value));
  if (checked.success) return { value: checked.data };
  const lineOf = (keysThere: readonly PropertyKey[]) => {
    const raw = keysThere.map((key) => rawName(value, key));
    const node = document.getIn(raw, true) ?? document.contents;
    return at(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  };
  const faults = checked.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(
        (key) => `${lineOf([key])}: expected one of ${keys.join(', ')}, found "${key}"`,
      );
    const field = issue.path.join('.') || 'front matter';
    return [`${lineOf(issue.path)}: ${field}: ${sayIssue(issue, renamed(value))}`];
  });
  return { faults: faults.slice(0, faultsSaid) };
}

function renamed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [otherNames[key] ?? key, one]),
  );
}

function rawName(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || String(key) in value) return key;
  return Object.keys(value).find((raw) => otherNames[raw] === key) ?? key;
}
