import { describe, expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { profileConfigSchema } from '../../../preload/contract/config.ts';
import { configProfiles } from './config-profiles.ts';
import type { LaunchAsk } from './ports.ts';
import { tellFromScreen } from './screen-phrases.ts';

const hash = hex('f', 64);
const defined = (config: object, origin: 'user' | 'repository' = 'user') => ({
  ...{ name: 'mine', origin, hash },
  config: profileConfigSchema.parse({ program: 'mine', ...config }),
});
const profileOf = (config: object) => {
  const [profile] = configProfiles([defined(config)]);
  if (profile === undefined) throw new Error('there is none');
  return profile;
};
const launch = (config: object, ask: Partial<LaunchAsk> = {}) =>
  profileOf(config).launch({
    ...{ agent: 'a', conversation: { how: 'new' }, folder: '/data/a' },
    mcp: { url: 'http://x/mcp' },
    ...ask,
  });

const whole = {
  args: ['--mcp={mcp_url}'],
  new_args: ['--id', '{session}'],
  resume_args: ['--resume', '{session}'],
  prompt_args: ['--', '{prompt}'],
  env: { NAME: '{agent}' },
};

describe('a profile of a config file', () => {
  it('begins, takes up, and hands over the prompt as it is', () => {
    const begun = launch(whole, {
      conversation: { how: 'new', id: 'c1' },
      prompt: 'fix {session}',
    });
    expect(begun).toEqual({
      program: 'mine',
      args: ['--mcp=http://x/mcp', '--id', 'c1', '--', 'fix {session}'],
      env: { NAME: 'a' },
    });
    const resumed = launch(whole, { conversation: { how: 'resumed', id: 'c1' } });
    expect(resumed.args).toEqual(['--mcp=http://x/mcp', '--resume', 'c1']);
  });

  it.each([
    [{}, 'none', false, 'none'],
    [{ resume_args: ['--last'] }, 'none', true, 'none'],
    [{ resume_args: ['{session}'] }, 'told', false, 'none'],
    [whole, 'chosen', false, 'argument'],
    [{ types_prompt: true }, 'none', false, 'typed'],
  ])('%j: its id is %s', (config, ...[conversationId, continuesLast, prompt]) => {
    expect(profileOf(config)).toMatchObject({ conversationId, continuesLast, prompt });
  });
});

describe('a profile of the repository', () => {
  async function withProfile(origin: 'user' | 'repository' = 'repository') {
    const played = world();
    played.outside.profiles = [defined({ args: ['--x', 'a b'], env: { A: '1' } }, origin)];
    return { ...played, box: await openBox({ features: played.features }) };
  }
  const add = { name: 'a', profile: 'mine' };
  const trust = { profile: 'mine', hash };

  it('does not run before the operator has confirmed exactly it, on this machine', async () => {
    const { box, outside } = await withProfile();
    await expect(box.dispatch('agent.add', add)).rejects.toMatchObject({
      wire: {
        code: 'PROFILE_UNCONFIRMED',
        message: expect.stringContaining('A=1 mine --x "a b"'),
        mend: expect.stringContaining(hash),
      },
    });
    const other = { ...trust, hash: hex('e', 64) };
    await expect(box.dispatch('profile.trust', other)).rejects.toMatchObject({
      wire: { code: 'PROFILE_CHANGED' },
    });
    await box.dispatch('profile.trust', trust);
    await box.dispatch('agent.add', add);
    expect(outside.running.has('a.1')).toBe(true);
  });

  it('is asked for again when it changes, also by an agent that ran', async () => {
    const { box, outside } = await withProfile();
    await box.dispatch('profile.trust', trust);
    await box.dispatch('agent.add', add);
    outside.profiles = [{ ...defined({ program: 'evil' }, 'repository'), hash: hex('e', 64) }];
    await box.dispatch('agent.restart', { agent: 'a' });
    const { agents } = (await box.ask('agent.list')) as { agents: object[] };
    expect(agents).toMatchObject([{ state: 'stopped', failure: { code: 'PROFILE_UNCONFIRMED' } }]);
  });

  it('cannot be confirmed by an agent', async () => {
    const { box, outside } = await withProfile();
    await box.dispatch('agent.add', { name: 'b' });
    await expect(box.dispatch('profile.trust', trust, { actor: 'agent:b' })).rejects.toMatchObject({
      wire: { code: 'FORBIDDEN' },
    });
    expect(outside.confirmed.size).toBe(0);
  });

  it('is shown with what would run; one of the user runs at once', async () => {
    const { box } = await withProfile();
    const row = async (asked: typeof box) => {
      const { profiles } = (await asked.ask('agent.profiles')) as { profiles: { name: string }[] };
      return profiles.find(({ name }) => name === 'mine');
    };
    const commandLine = 'A=1 mine --x "a b"';
    expect(await row(box)).toMatchObject({
      origin: 'repository',
      unconfirmed: { commandLine, hash },
    });
    const own = await withProfile('user');
    expect(await row(own.box)).not.toHaveProperty('unconfirmed');
    await own.box.dispatch('agent.add', add);
    expect(own.outside.running.has('a.1')).toBe(true);
  });
});

describe('a first prompt that is typed', () => {
  async function typing(config: object) {
    const played = world();
    played.outside.profiles = [defined({ types_prompt: true, ...config })];
    const box = await openBox({ features: played.features });
    await box.dispatch('agent.add', { name: 'a', profile: 'mine', prompt: 'go on' });
    return { box, outside: played.outside };
  }
  const typed = (done: readonly string[]) => done.filter((one) => one.startsWith('paste'));

  it('waits until the screen says that it is ready, and is typed once', async () => {
    const { box, outside } = await typing({ ready: ['your * please'] });
    await box.advance(10_000);
    expect(typed(outside.done)).toEqual([]);
    outside.screen = 'Hello\nYour wish, please\n> ';
    await box.advance(1_000);
    await box.advance(10_000);
    expect(typed(outside.done)).toEqual(['paste a.1 go on']);
    await box.dispatch('agent.restart', { agent: 'a' });
    await box.advance(10_000);
    expect(typed(outside.done)).toHaveLength(1);
  });

  it('comes after three seconds where nothing is known of the screen', async () => {
    const { box, outside } = await typing({});
    for (let ms = 0; ms < 2_500; ms += 500) await box.advance(500);
    expect(typed(outside.done)).toEqual([]);
    for (let ms = 0; ms < 1_500; ms += 500) await box.advance(500);
    expect(typed(outside.done)).toEqual(['paste a.1 go on']);
  });
});

it.each([
  ['busy', 'old\n  Working (Esc to interrupt)  '],
  ['waiting', 'esc to interrupt\nDo you want to run it?'],
  ['limit', 'Do you want to go on?\nLimit reached, resets 3pm'],
  ['ready', 'before\n❯ '],
  [undefined, `esc to interrupt${'\nline'.repeat(20)}`],
  // The parts come in the wrong order.
  [undefined, 'to? do you want'],
])('tells %s from a screen', (state, text) => {
  const phrases = {
    ...{ busy: ['esc to interrupt'], waiting: ['do you want to *?'] },
    ...{ limit: ['limit reached * resets'], ready: ['❯'] },
  };
  const said = { ...phrases, limit: ['limit reached*resets'] };
  expect(tellFromScreen(said, text)).toBe(state);
});

it.each(['■ You’ve hit your usage limit.', "You've hit your usage limit · resets 3pm"])(
  'an apostrophe of either kind is the same: %s',
  (text) => {
    expect(tellFromScreen({ limit: ["you've hit your *limit"] }, text)).toBe('limit');
  },
);

it('a phrase that would make a regular expression run for ever costs nothing', () => {
  const phrase = `${'a*'.repeat(90)}b`;
  expect(tellFromScreen({ busy: [phrase] }, 'a'.repeat(50_000))).toBeUndefined();
});
