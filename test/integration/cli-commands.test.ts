import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { musherError } from '../../main/base/result.ts';
import { exitCodeMeanings } from '../../main/cli/exit-codes.ts';
import type { Field } from '../../main/cli/fields.ts';
import { manifest } from '../../main/cli/manifest.ts';
import { agentAt, type Broker, musher, startBroker } from './cli-world.ts';

let broker: Broker;

beforeAll(async () => {
  broker = await startBroker({
    '*': () => {
      throw musherError('AGENT_LIMIT', { limit: 3 });
    },
  });
});
afterAll(() => broker.close());

/** A value that every other text field's schema takes. */
const word = 'abcdef12';
const shaped: Readonly<Record<string, string>> = {
  'approval.approve_many items': 'a-7:abcdef1',
  'review.submit comments': '{"path":"a.ts","text":"x"}',
  'review.reply commit': 'abcdef1',
  'review.resolve commit': 'abcdef1',
  'node.invite hash': 'a'.repeat(64),
  'project.invite hash': 'a'.repeat(64),
  'gateway.register join': `gt1.${'a'.repeat(43)}`,
  'profile.trust hash': 'a'.repeat(64),
  'worktree.trust hash': 'a'.repeat(64),
  'recording.export from': '2:17',
  'settings.set key': 'limits.turns',
  'settings.set value': '7',
  'settings.unset key': 'limits.turns',
  'settings.check key': 'limits.turns',
  'settings.check value': '7',
  'settings.import seen': 'a'.repeat(64),
  'settings.show key': 'limits.turns',
  'snapshot.restore to': '/abcdef12',
  'snapshot.diff against': 'head',
  'trace.why place': 'abcdef12:7',
  'worktree.adopt path': '/abcdef12',
  'agent.add at': 'a'.repeat(40),
  'story.import paths': '/abcdef12',
  'cost.report from': '2026-11-01',
  'cost.report to': '2026-11-30',
  'cost.tell rows':
    '{"model":"m","hourMs":0,"requests":1,"input":1,"output":1,"cacheRead":0,"cacheWrite":0}',
  'node.screen story': 's-12',
  'story.move commit': 'a'.repeat(40),
  'story.submit commit': 'a'.repeat(40),
  'trigger.add on': 'story.moved',
  'trigger.edit on': 'story.moved',
  'trigger.test on': 'story.moved',
};

/** What these need they make themselves. */
const makesToken: ReadonlySet<string> = new Set(['node.invite', 'project.invite']);

function sampleOf(type: string, field: Field): { argv: string[]; value: unknown } {
  const text = field.choices?.[0] ?? shaped[`${type} ${field.name}`] ?? word;
  const item: unknown = text.startsWith('{') ? JSON.parse(text) : text;
  const [typed, value] = {
    text: [[text], text],
    number: [['5'], 5],
    duration: [['60s'], 60_000],
    boolean: [[], field.defaultValue !== true],
    list: [
      [text, text],
      [item, item],
    ],
    names: [[`${text},b`], [text, 'b']],
    json: [['{"a":1}'], { a: 1 }],
  }[field.kind] as [string[], unknown];
  if (field.position !== 'flag') return { argv: typed, value };
  if (field.kind !== 'boolean')
    return { argv: typed.flatMap((one) => [field.spelling, one]), value };
  const isOn = field.defaultValue === true;
  return { argv: [isOn ? field.spelling.replace('--', '--no-') : field.spelling], value };
}

describe.each(manifest)('$type', ({ words, type, summary, fields }) => {
  it('shows help with its summary and every field', async () => {
    const { code, out } = await musher([...words, '--help']);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(summary);
    for (const { spelling } of fields) expect(out).toContain(spelling.replace(/^--/, ''));
  });

  it('has flags that differ, also from those that are everywhere', () => {
    const flags = fields.map(({ spelling }) => spelling);
    const all = [...flags, '--json', '--url', '--token', '--help', '--version'];
    expect(new Set(all).size).toBe(all.length);
  });

  it('sends every field as it was typed', async () => {
    const samples = fields.map((field) => ({ field, ...sampleOf(type, field) }));
    const isFlag = ({ field }: { field: Field }) => field.position === 'flag';
    const argv = [...samples.filter(isFlag), ...samples.filter((one) => !isFlag(one))];
    const yes = ['agent.purge', 'worktree.prune'].includes(type) ? ['--yes'] : [];
    const ran = await musher(
      [...words, ...yes, ...argv.flatMap((one) => one.argv)],
      agentAt(broker),
    );
    expect(ran.err).toContain('AGENT_LIMIT');
    expect(ran.code).toBe(1);
    const sent = broker.calls.at(-1);
    expect(sent?.type).toBe(type);
    const joined = samples.map(({ field, value }) => [field.name, value]);
    expect(sent?.data).toEqual(type === 'log.verify' ? {} : Object.fromEntries(joined));
  });

  it('refuses to run without what is required', async () => {
    // A join token is made where none is named.
    const isNeeding = !makesToken.has(type) && fields.some((field) => field.isRequired);
    const before = broker.calls.length;
    const { code } = await musher(words, agentAt(broker));
    expect([code, broker.calls.length - before]).toEqual(isNeeding ? [2, 0] : [1, 1]);
  });
});

it('every capability has words of its own', () => {
  const spelled = manifest.map(({ words }) => words.join(' '));
  expect(new Set(spelled).size).toBe(spelled.length);
});

it('the first help names every first word, and every group has its example', async () => {
  const { out, code } = await musher([]);
  expect(code).toBe(0);
  for (const { words } of manifest) expect(out).toContain(`\n  ${words[0]}`);
  for (const example of out.matchAll(/^ {2}\$ musher (\S+)/gm)) {
    expect(out).toContain(`\n  ${example[1]} `);
  }
});

it.each([
  [['aks', 'x'], 'Did you mean ask?'],
  [['agent', 'ad', 'x'], 'Did you mean add?'],
  [['inbox', '--folow'], 'Did you mean --follow?'],
  [['send', 'backend', '-1 is wrong'], 'after `--`'],
  [['send', 'backend'], "Missing required argument 'body'"],
  [['inbox', '--wait', 'soon'], 'Field "--wait": expected a duration'],
  [['inbox', '--limit', 'many'], 'Field "--limit": expected a number, found "many"'],
  [['inbox', '--limit', '900'], 'Field "--limit"'],
  [['report', 'flying'], 'working, waiting, idle, blocked, done'],
  [['request-approval', 'main'], 'Field "commit": expected a commit id'],
  [['inbox', '--ack', '--agent', 'backend'], 'leave --agent out'],
  [['log', '--follow', '--before', '5'], 'exclude each other'],
  [['status', '--url', 'nowhere'], '--url is no http address'],
  [['completion', 'cmd'], 'bash, zsh, fish'],
  [['serve', '--port', '99999'], '0 to 65535'],
])('%j is a usage error that says: %s', async (argv, said) => {
  const before = broker.calls.length;
  const ran = await musher(argv, agentAt(broker));
  expect(ran.err).toContain(said);
  expect(ran.err).toMatch(/^[^\n]+ \[(USAGE|BODY_INVALID)\]\n→ [^\n]+\n$/);
  expect([ran.code, ran.out, broker.calls.length]).toEqual([2, '', before]);
});

it('a group alone shows its subcommands', async () => {
  const { out, code } = await musher(['agent']);
  expect(out).toContain('add [options] <name> [command...]');
  expect(code).toBe(2);
});

it('a capability answers to its type as well, as errors of the hub call it', async () => {
  const { out } = await musher(['question.ask', '--help']);
  expect(out).toContain('Usage: musher ask');
});

it('the topics of help', async () => {
  const { out } = await musher(['help', 'exit-codes']);
  for (const [code, meaning] of exitCodeMeanings) expect(out).toContain(`${code}  ${meaning}`);
  expect((await musher(['help', 'environment'])).out).toContain('never stored on disk');
  expect((await musher(['help', 'agent', 'add'])).out).toContain('Usage: musher agent add');
  expect((await musher(['help', 'nothing'])).code).toBe(2);
  expect(await musher(['--version'])).toEqual({ code: 0, out: '9.9.9\n', err: '' });
});

it.each(['bash', 'zsh', 'fish'])(
  'completion for %s knows words, flags and choices',
  async (shell) => {
    const { out, code } = await musher(['completion', shell]);
    expect(code).toBe(0);
    for (const word of ["'agent add'", '--profile', 'request-approval', 'blocked', '--ack']) {
      expect(out).toContain(word);
    }
  },
);
