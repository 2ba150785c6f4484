import { expect, it } from 'vitest';
import { withTrailers } from './trailers.ts';

const facts = { agent: 'a', approval: 'a-1', event: 7 };
const said = 'Musher-Agent: a\nMusher-Approval: a-1\nMusher-Event: 7\n';

it.each([
  ['a subject', 'Add x\n', `Add x\n\n${said}`],
  ['a subject that looks like a trailer', 'fix: it', `fix: it\n\n${said}`],
  ['a body', 'Add x\n\nwhy: because\nof it\n', `Add x\n\nwhy: because\nof it\n\n${said}`],
  [
    'trailers of its own, which stay in one block',
    'Add x\n\nSigned-off-by: B <b@c>\n',
    `Add x\n\nSigned-off-by: B <b@c>\n${said}`,
  ],
  [
    'forged ones, which go',
    'Add x\n\nMusher-Approval: a-9\r\n musher-agent : boss\u2028Musher-Event: 1\n',
    `Add x\n\n${said}`,
  ],
])('after %s', (_name, message, all) => expect(withTrailers(message, facts)).toBe(all));

it('the story that it does comes first, and cannot be forged', () =>
  expect(withTrailers('Add x\n\nMusher-Story: s-1\n', { ...facts, story: 's-12' })).toBe(
    `Add x\n\nMusher-Story: s-12\n${said}`,
  ));

it('without the number of an event, there is none', () =>
  expect(withTrailers('x', { agent: 'a', approval: 'a-1' })).not.toContain('Event'));

it('the rule by which it was approved comes last, and cannot be forged', () => {
  const by = { ...facts, rule: 'docs-only' };
  expect(withTrailers('Add x\n\nMusher-Rule: all\n', by)).toBe(
    `Add x\n\n${said}Musher-Rule: docs-only\n`,
  );
});
