import { describe, expect, it } from 'vitest';
import { parseMarkdown } from './front-matter.ts';
import { parseIssues } from './issues.ts';

const parsed = (text: string) => parseMarkdown({ path: 'stories/login.md', text });
const faults = (text: string) => {
  const result = parsed(text);
  return 'faults' in result ? result.faults : [];
};

describe('markdown', () => {
  it('is a story with what its front matter says', () => {
    const text = `---
title: Log in
type: bug
priority: high
labels: [ui, login]
criteria:
  - a test covers it
depends_on: [s-3, 12]
review: human
---

# Heading

Do it.
`;
    expect(parsed(text)).toEqual({
      item: {
        key: 'file:stories/login.md',
        name: 'stories/login.md',
        aliases: ['stories/login.md', 'login.md', 'login'],
        fields: {
          ...{ title: 'Log in', type: 'bug', priority: 'high', labels: ['ui', 'login'] },
          ...{ criteria: ['a test covers it'], review: 'human', body: '# Heading\n\nDo it.' },
        },
        dependsOn: ['s-3', '12'],
        isClosed: false,
      },
    });
  });

  it.each([
    ['# Log in ##\ntext', 'Log in', '# Log in ##\ntext'],
    ['\uFEFF---\r\nname: x\r\n---\r\na\r\nb', 'x', 'a\nb'],
    ['---\ntitle: only\n---', 'only', ''],
    ['---\n---\n# h\n---\nnot front matter', 'h', '# h\n---\nnot front matter'],
  ])('%j is "%s"', (text, title, body) => {
    expect(parsed(text)).toMatchObject({ item: { fields: { title, body } } });
  });

  it.each([
    ['no title here', [/^stories\/login\.md:1: expected a title .* found neither$/]],
    ['---\ntitle: x\n', [/:1: expected a line "---" that ends the front matter/]],
    ['---\ntitle: x\nlabels: [a\n---\n', [/:\d: this is no YAML: /]],
    [
      '---\ntitle: x\nprio: high\ntype: epic\nlabels: ui\n---\n',
      [
        /:4: type: expected one of "story", "bug", "spike", "chore", found "epic"/,
        /:5: labels: expected a list, found "ui"/,
        /:3: expected one of id, title, .* found "prio"/,
      ],
    ],
    ['---\ntitle: x\ndepends_on: [1, {}]\n---\n', [/:3: dependsOn\.1: /]],
    ['---\n- a\n---\n', [/:2: front matter: expected an object, found \["a"\]/]],
    ['---\ntitle: a\ntitle: b\n---\n', [/:3: this is no YAML: Map keys must be unique/]],
    [
      `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: [${'*b,'.repeat(9)}]\n---\n`,
      [/:2: .*alias/],
    ],
    [`# x\n${'ä'.repeat(40_000)}`, [/:1: its text: expected at most 65536 bytes, found 80004/]],
  ])('%j is at fault: %j', (text, patterns) => {
    const found = faults(text);
    expect(found).toHaveLength(patterns.length);
    for (const [at, pattern] of patterns.entries()) expect(found[at]).toMatch(pattern);
  });
});

describe('issues', () => {
  const issues = (value: unknown) =>
    parseIssues({
      path: 'issues.json',
      text: typeof value === 'string' ? value : JSON.stringify(value),
    });

  it('come as the command line and as the API write them, one or many', () => {
    const one = { number: 7, title: 'Crash', body: 'a\r\nb', url: 'https://x/7', state: 'OPEN' };
    expect(
      issues({
        ...one,
        labels: [{ name: 'Bug' }, { name: 'priority: high' }],
        assignees: [{ login: 'ann' }],
      }),
    ).toEqual({
      items: [
        {
          key: 'issue:https://x/7',
          name: 'https://x/7',
          aliases: ['#7', '7'],
          fields: {
            ...{ title: 'Crash', body: 'a\nb', labels: ['Bug', 'priority: high', 'assignee:ann'] },
            ...{ type: 'bug', priority: 'high' },
          },
          isClosed: false,
        },
      ],
      faults: [],
      skipped: 0,
    });
    const api = {
      number: 8,
      title: 't',
      body: null,
      labels: ['x'],
      state: 'closed',
      html_url: 'https://x/8',
      url: 'https://api/8',
    };
    const all = issues([api, { number: 9, title: 'p', pull_request: {} }]);
    expect(all).toMatchObject({
      items: [{ key: 'issue:https://x/8', isClosed: true }],
      skipped: 1,
    });
  });

  it.each([
    [
      '[{',
      [/^issues\.json: expected an issue or a list of issues in JSON, found what does not parse/],
    ],
    [{ number: 0, title: '' }, [/issue 1 \(#0\), number: /, /issue 1 \(#0\), title: /]],
    [[3], [/issue 1: expected an object, found 3/]],
    [
      [{ number: 1, title: 'x', state: 'weird' }],
      [/issue 1 \(#1\), state: expected open or closed/],
    ],
  ])('%j is at fault', (value, patterns) => {
    const { faults: found, items } = issues(value);
    expect(items).toEqual([]);
    expect(found).toHaveLength(patterns.length);
    for (const [at, pattern] of patterns.entries()) expect(found[at]).toMatch(pattern);
  });
});
