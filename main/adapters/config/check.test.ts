import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { checkConfig } from './check.ts';
import { lineOfKey } from './key-lines.ts';
import { nearest } from '../../base/nearest.ts';

const check = (text: string) => checkConfig(parse(text), { text, reserved: ['claude'] });
const problems = (text: string) => {
  const checked = check(text);
  return 'problems' in checked
    ? checked.problems.map(({ line, key, message }) => `${line} ${key}: ${message}`)
    : [];
};
const profile = (...lines: string[]) =>
  ['# ours', '[profiles.reviewer]', 'program = "./review.sh"', ...lines].join('\n');

it('what is left out has its default', () => {
  const none = { profiles: {} };
  const config = {
    ...{ limits: none, watchdog: none, snapshots: {}, worktrees: {} },
    ...{ gates: [], review: {}, pipeline: none, cluster: {}, editor: {}, keys: {}, board: {} },
    profiles: {},
    costs: { prices: {}, budgets: none },
  };
  expect(check('')).toEqual({ config });
  expect(check(profile())).toMatchObject({
    config: { profiles: { reviewer: { args: [], env: {}, wakeable: false, types_prompt: false } } },
  });
});

it('of a file of a newer version nothing else is said', () => {
  expect(problems('version = 1')).toEqual([]);
  expect(problems('[newer]\nx = 1\n').length).toBe(1);
  expect(problems('# ours\nversion = 2\n[newer]\nx = 1\n')).toEqual([
    '2 version: the file is of version 2, and this Musher knows 1 at most: use the newer one that it is for',
  ]);
});

it('the board has limits by the names of its columns', () => {
  expect(check('[board]\nwip = { coding = 3, qa = 5 }')).toMatchObject({
    config: { board: { wip: { coding: 3, qa: 5 } } },
  });
  expect(problems('[board]\nwip = { codng = 3 }')[0]).toContain('"coding"');
});

it('an editor is a program and words, one of which is the file', () => {
  const command = ['code', '-g', '{file}:{line}'];
  const set = (words: readonly string[]) => `[editor]\ncommand = ${JSON.stringify(words)}`;
  expect(check(set(command))).toMatchObject({ config: { editor: { command } } });
  for (const words of [['code'], ['{file}'], []])
    expect(problems(set(words))[0]).toContain('2 editor.command: ');
});

it('limits stand for all and for one profile, and a slip of the pen is told in each', () => {
  const limits = '[limits]\nturns = 50\n[limits.profiles.claude]\ncost_usd = 5';
  expect(check(limits)).toMatchObject({
    config: { limits: { turns: 50, profiles: { claude: { cost_usd: 5 } } } },
  });
  expect(problems('[limits]\nturn = 5')).toEqual([
    '2 limits.turn: there is no key "turn"; did you mean "turns"?',
  ]);
  expect(problems('[watchdog.profiles.claude]\nkik = "never"')).toEqual([
    '2 watchdog.profiles.claude.kik: there is no key "kik"; did you mean "kick"?',
  ]);
  expect(problems('[watchdog]\nkick = "often"')[0]).toContain('2 watchdog.kick:');
});

it('the pipeline has limits in all and of one profile', () => {
  const text =
    '[pipeline]\nprofile = "claude"\nmax_agents = 2\n[pipeline.profiles.codex]\nmax_agents = 1';
  expect(check(text)).toMatchObject({
    config: {
      pipeline: { profile: 'claude', max_agents: 2, profiles: { codex: { max_agents: 1 } } },
    },
  });
  expect(problems('[pipeline]\nmax_agent = 2')).toEqual([
    '2 pipeline.max_agent: there is no key "max_agent"; did you mean "max_agents"?',
  ]);
  expect(problems('[pipeline.profiles.codex]\nmax = 1')).toEqual([
    '2 pipeline.profiles.codex.max: there is no key "max"; valid keys here: max_agents',
  ]);
  expect(problems('[pipeline]\nmax_attempts = 0')[0]).toContain('2 pipeline.max_attempts: ');
});

it('costs have prices by model and budgets, and a slip of the pen is told in each', () => {
  const price = '[costs.prices."claude-*"]\ninput = 3\noutput = 15';
  expect(check(`${price}\n[costs.budgets.profiles.claude]\nday_usd = 5`)).toMatchObject({
    config: {
      costs: {
        prices: { 'claude-*': { input: 3, output: 15 } },
        budgets: { profiles: { claude: { day_usd: 5 } } },
      },
    },
  });
  expect(problems('[costs.prices."m"]\ninput = 3')).toEqual([
    '1 costs.prices.m.output: is missing',
  ]);
  expect(problems('[costs.prices."m"]\ninput = 3\noutput = 3\ncache = 1')).toEqual([
    '4 costs.prices.m.cache: there is no key "cache"; valid keys here: input, output, cache_read, cache_write',
  ]);
  expect(problems('[costs.budgets]\nday_us = 3')).toEqual([
    '2 costs.budgets.day_us: there is no key "day_us"; did you mean "day_usd"?',
  ]);
  expect(problems('[costs]\ntime_zone = "Mars"')).toEqual([
    '2 costs.time_zone: expected a time zone such as "Europe/Berlin"',
  ]);
});

it('gates are commands, and which of them is wrong is told by its line', () => {
  const gate = (name: string, ...lines: string[]) =>
    ['[[gates]]', `name = "${name}"`, 'command = ["npm", "test"]', ...lines].join('\n');
  expect(check(gate('test'))).toMatchObject({
    config: { gates: [{ name: 'test', required: true, timeout: '10m', paths: [], env: {} }] },
  });
  const told = (text: string) => problems(text)[0];
  expect(told(`${gate('a')}\n${gate('b', 'timeout = "10 minutes"')}`)).toBe(
    '7 gates.1.timeout: expected 1s to 24h, such as 90s, 10m or 2h, found "10 minutes"',
  );
  expect(told(`${gate('a')}\n${gate('a')}`)).toBe(
    '5 gates.1.name: expected a name of its own: there is a gate "a" above',
  );
  expect(told(gate('a', 'paths = ["src/**", "/etc"]'))).toContain(
    '4 gates.0.paths.1: "/etc" is absolute',
  );
  expect(told('[[gates]]\nname = "a"\ncommand = "npm test"')).toContain(
    '3 gates.0.command: expected',
  );
  expect(told(gate('a', 'requird = false'))).toContain('did you mean "required"?');
  expect(told('[review]\ngates = "never"')).toContain('2 review.gates:');
});

describe('delegation rules', () => {
  const rule = (name: string, ...lines: string[]) =>
    ['[[review.delegate]]', `name = "${name}"`, ...lines].join('\n');
  const approving = (...lines: string[]) =>
    rule('docs', 'action = "approve"', 'paths = ["docs/**"]', ...lines);
  const told = (text: string, origin?: 'user' | 'repository') => {
    const checked = checkConfig(parse(text), { text, reserved: [], ...(origin && { origin }) });
    if (!('problems' in checked)) return 'good';
    return checked.problems.map(({ line, key, message }) => `${line} ${key}: ${message}`)[0];
  };
  const at = 'review.delegate.0';

  it.each([
    [approving('max_files = 3', 'agents = ["docs-*"]', 'max_per_hour = 5'), 'good'],
    [rule('all', 'action = "ask"'), 'good'],
    [
      rule('x', 'action = "approve"'),
      `3 ${at}.action: expected paths as well: a rule that approves says of which files`,
    ],
    [rule('x'), `1 ${at}.action: is missing`],
    [
      rule('X y', 'action = "ask"'),
      `2 ${at}.name: expected a-z, 0-9 and single - in between, found "X y"`,
    ],
    [approving('path = ["a"]'), `5 ${at}.path: there is no key "path"; did you mean "paths"?`],
    [
      approving('except = ["../a"]'),
      `5 ${at}.except.0: "../a" leads out by ..; expected one from the root of the repository, such as src/a.ts`,
    ],
    [
      approving('targets = ["/main"]'),
      `5 ${at}.targets.0: "/main" is absolute; expected one from the root of the repository, such as src/a.ts`,
    ],
    [approving('max_lines = 0'), `5 ${at}.max_lines: expected at least 1, found 0`],
    [
      rule('x', 'action = "ask"', 'max_per_hour = 3'),
      `4 ${at}.max_per_hour: expected only in a rule that approves`,
    ],
    [
      rule('x', 'action = "ask"', 'update_checkout = true'),
      `4 ${at}.update_checkout: expected only in a rule that approves`,
    ],
    [
      `${approving()}\n${approving()}`,
      '6 review.delegate.1.name: expected a name of its own: there is a rule "docs" above',
    ],
  ])('%j: %s', (text, said) => expect(told(text)).toContain(said));

  it('a repository’s own file may ask, and approve nothing', () => {
    expect(told(rule('x', 'action = "ask"'), 'repository')).toBe('good');
    expect(told(approving(), 'repository')).toBe(
      `3 ${at}.action: expected "ask": only your own config file, outside the repository, may say "approve"`,
    );
  });
});

it('a whole profile is good', () => {
  const text = profile(
    'title = "Reviewer"',
    'hint = "npm i -g review"',
    'args = ["--mcp", "{mcp_url}"]',
    'new_args = ["--id={session}"]',
    'resume_args = ["--resume", "{session}"]',
    'prompt_args = ["--", "{prompt}"]',
    'wakeable = true',
    'waiting = ["allow *?"]',
    '[profiles.reviewer.env]',
    'AGENT = "{agent}"',
    `JSON = '{"a": "$\{HOME}"}'`,
  );
  expect(problems(text)).toEqual([]);
});

describe('says line, key, what was expected, and the nearest valid key', () => {
  it.each([
    [
      '[profile.x]\nprogram = "a"',
      ['1 profile: there is no key "profile"; did you mean "profiles"?'],
    ],
    [
      '[profiles.x]\nprogam = "a"',
      [
        '1 profiles.x.program: is missing',
        '2 profiles.x.progam: there is no key "progam"; did you mean "program"?',
      ],
    ],
    [profile('args = "--fast"'), ['4 profiles.reviewer.args: expected a list, found "--fast"']],
    [profile('args = ["a", 7]'), ['4 profiles.reviewer.args.1: expected text, found 7']],
    [
      profile('prompt_args = ["{promt}"]'),
      [
        '4 profiles.reviewer.prompt_args.0: expected no placeholder but {prompt}, {mcp_url}, {agent}, found {promt}',
        '4 profiles.reviewer.prompt_args: expected {prompt} in one of them',
      ],
    ],
    [
      profile('args = ["{session}"]'),
      [
        '4 profiles.reviewer.args.0: expected no placeholder but {mcp_url}, {agent}, found {session}',
      ],
    ],
    [
      profile('types_prompt = true', 'prompt_args = ["{prompt}"]'),
      ['4 profiles.reviewer.types_prompt: expected either prompt_args or types_prompt, found both'],
    ],
    [
      profile('[profiles.reviewer.env]', '"A B" = "x"'),
      ['5 profiles.reviewer.env.A B: expected letters, digits and _, found "A B"'],
    ],
    [
      '[profiles.claude]\nprogram = "x"',
      ['1 profiles.claude: expected another name: "claude" is built in'],
    ],
    [
      '[profiles."My CLI"]\nprogram = "x"',
      [
        '1 profiles.My CLI: expected 1 to 40 of a-z, 0-9 and -, beginning with a letter, found "My CLI"',
      ],
    ],
    ['profiles = 3', ['1 profiles: expected an object, found 3']],
  ])('%j', (text, told) => {
    expect(problems(text)).toEqual(told);
  });

  it('of very many, the first 20', () => {
    const many = Array.from({ length: 50 }, (_, i) => `k${i} = 1`).join('\n');
    expect(problems(many)).toHaveLength(20);
  });

  it('what is far from every key is given all of them', () => {
    expect(problems('xyzzy = 1')).toEqual([
      '1 xyzzy: there is no key "xyzzy"; valid keys here: version, limits, watchdog, snapshots, worktrees, gates, review, pipeline, cluster, editor, keys, board, costs, profiles',
    ]);
  });
});

it.each([
  ['progam', 'program'],
  ['Args', 'args'],
  ['resume-args', 'resume_args'],
  ['zzz', undefined],
])('%s is meant as %s', (word, meant) => {
  expect(nearest(word, ['program', 'args', 'resume_args'])).toBe(meant);
});

it.each([
  ['a = 1\nb.c = 2', ['b', 'c'], 2],
  ['[a."b.c"]\nd = 1', ['a', 'b.c', 'd'], 2],
  ["['x y']\nz = 1", ['x y', 'z'], 2],
  ['[a]\n\nb = {c = 1}', ['a', 'b', 'c'], 3],
  ['[a]\n[b]\nc = 1', ['a', 'c'], 1],
  ['', ['a'], undefined],
])('in %j, %j is on line %s', (text, path, line) => {
  expect(lineOfKey(text, path)).toBe(line);
});
