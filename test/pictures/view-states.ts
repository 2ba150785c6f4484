// Every view and what can lie above it, as it is when there is much to show, little, nothing, not yet, and when it failed.

import { answerable, click, fill, press, see, type State, type } from './state.ts';

const dialog = '[role="dialog"]';
const coloured = 'span[style*="--diffs-token"]';

const at = (scene: string, hash: string, shown: Omit<State, 'scene' | 'hash'>): State => ({
  scene,
  hash,
  ...shown,
});
const main = (scene: string, hash: string, says: RegExp): State =>
  at(scene, hash, { part: 'main', says });

const inbox: Readonly<Record<string, State>> = {
  'by-agent': at('triage', '#/inbox', {
    ...{ part: 'main', says: /By agent/ },
    steps: [see('main', /The limiter/), press('v')],
  }),
  'several-chosen': at('triage', '#/inbox', {
    ...{ part: '[aria-label$=" chosen"]', says: /chosen/ },
    steps: [see('main', /The limiter/), press('x', 'j', 'x')],
  }),
  'no-agents': main('empty', '#/inbox', /No agents yet/),
  quiet: main('quiet', '#/inbox', /Nothing waits for you/),
  hostile: main('hostile', '#/inbox', /‹U\+202E›/),
  'move-back': at('conflicts', '#/inbox/target/release/2.4', {
    ...{ part: dialog, says: /leaves? it/ },
    steps: [see('main', /moved without Musher/), press('b')],
  }),
};

const agents: Readonly<Record<string, State>> = {
  busy: main('busy', '#/agents', /429 is sent once/),
  team: main('team&count=12', '#/agents', /429 is sent once/),
  'last-lines': at('team&count=12', '#/agents', {
    ...{ part: 'main', says: /Idle/ },
    steps: [see('main', /Idle/), press('d')],
  }),
  list: at('team&count=36', '#/agents', {
    ...{ part: 'main', says: /Idle/ },
    steps: [see('main', /Idle/), press('d', 'd')],
  }),
  'side-by-side': at('team&count=12', '#/agents', {
    ...{ part: 'main', says: /Add beside[\s\S]*429 is sent once/ },
    steps: [see('main', /Idle/), press('1', 's', '2', 's'), click('radio', 'Side by side')],
  }),
  'no-match': at('team&count=12', '#/agents', {
    ...{ part: 'main', says: /No agent fits “zzz”/ },
    steps: [see('main', /Idle/), press('/'), type('zzz')],
  }),
  empty: main('empty', '#/agents', /No agents yet/),
  alone: at('busy', '#/agents/agent/backend', {
    ...{ part: '[aria-label="Details of backend"]', says: /Evidence/ },
    steps: [see('main', /429 is sent once/)],
    after: '[data-terminal][data-state="live"]',
  }),
  unknown: main('busy', '#/agents/agent/nobody', /There is no agent nobody/),
  exited: main('busy', '#/agents/agent/tests', /429 is sent once[\s\S]*code 1/),
  destroyed: main('busy', '#/agents/agent/spike-wasm', /[Rr]evive/),
  look: at('busy', '#/agents/agent/backend', {
    ...{ part: dialog, says: /Size|Font|Lines/ },
    steps: [see('main', /429 is sent once/), click('button', 'Terminal look')],
  }),
  more: at('busy', '#/agents', {
    ...{ part: '[role="menu"]', says: /Destroy/ },
    steps: [see('main', /429 is sent once/), click('button', 'More for checkout')],
  }),
  destroy: at('busy', '#/agents', {
    ...{ part: dialog, says: /snapshot/ },
    steps: [
      see('main', /429 is sent once/),
      click('button', 'More for checkout'),
      click('menuitem', 'Destroy…'),
    ],
  }),
  new: at('busy', '#/agents', {
    ...{ part: dialog, says: /It gets its own worktree/ },
    steps: [see('main', /429 is sent once/), press('g', 'n')],
  }),
  'new-refused': at('busy', '#/agents', {
    ...{ part: dialog, says: /There is an agent "taken" already/ },
    steps: [
      see('main', /429 is sent once/),
      press('g', 'n'),
      type('taken'),
      press('Control+Enter'),
    ],
  }),
  held: at('held', '#/agents', {
    ...{ part: 'main', says: /told to go on/ },
    steps: [see('main', /The counter has to live somewhere/)],
  }),
  ...Object.fromEntries(
    ['limited-unknown', 'broken'].map((name) => [
      name,
      at('held', `#/agents/agent/${name}`, {
        ...{ part: `[aria-label="Details of ${name}"]`, says: /Evidence/ },
      }),
    ]),
  ),
  'setup-failed': main(
    'setup',
    '#/agents/agent/frontend',
    /added 412[\s\S]*ended with exit code 1/,
  ),
  'setup-to-confirm': main(
    'setup',
    '#/agents/agent/tests',
    /commands for worktrees that you have not confirmed/,
  ),
  'teardown-failed': main('setup', '#/agents/agent/release', /added 412[\s\S]*Destroy anyway/),
  hostile: main('hostile', '#/agents', /<img src=x[\s\S]*429 is sent once/),
};

const decision = (scene: string, id: string, says: RegExp): State =>
  at(scene, `#/review/approval/${id}`, { part: '[aria-label="Decision"]', says });

/** A long line of one side scrolls by pointer alone; wrapping lines (w) is the way by key. The diff viewer draws them. */
const diffSides = ['scrollable-region-focusable'] as const;

const reviews: Readonly<Record<string, State>> = {
  busy: at('busy', '#/review', {
    part: '[aria-label="Approval"]',
    says: /rate limits/,
    after: coloured,
  }),
  'loading-diff': main('busy&slow=approval.diff', '#/review', /Loading the diff/),
  empty: main('empty', '#/review', /No agent has asked for an approval yet/),
  approve: at('busy', '#/review', {
    ...{ part: '[aria-label="Approval"]', says: /Approve and merge/, after: coloured },
    steps: [answerable(/^Approve [0-9a-f]/), press('a')],
  }),
  deny: at('busy', '#/review', {
    ...{ part: '[aria-label="Approval"]', says: /Cancel/, after: coloured },
    steps: [answerable(/^Approve [0-9a-f]/), press('d')],
  }),
  pinned: at('busy', '#/review', {
    ...{ part: dialog, says: /tree/, after: coloured },
    steps: [answerable(/^Approve [0-9a-f]/), click('button', /^What a yes is for/)],
  }),
  split: at('reviews', '#/review/approval/a-21', {
    ...{
      part: '[aria-label="Diff"]',
      says: /Is this safe/,
      isInShadow: true,
      breaks: diffSides,
      after: coloured,
    },
    steps: [see('main', /limits/), press('s')],
  }),
  hostile: main('hostile', '#/review/approval/a-1', /‹U\+202E›/),
  ...Object.fromEntries(
    (
      [
        ['a-31', /Next in the queue, held/],
        ['a-34', /cannot go forward/],
        ['a-36', /Not pushed/],
      ] as const
    ).map(([id, says]) => [`queue-${id}`, decision('queue', id, says)]),
  ),
  ...Object.fromEntries(
    (
      [
        ['a-41', /2 files not as shown/],
        ['a-42', /3 files in conflict/],
        ['a-45', /nobody decided it within 14 days/],
      ] as const
    ).map(([id, says]) => [
      `lifecycle-${id}`,
      at('lifecycle', `#/review/approval/${id}`, { part: '[aria-label="Approval"]', says }),
    ]),
  ),
  'range-commits': at('ranges', '#/review/approval/a-50', {
    ...{ part: dialog, says: /not asked for/ },
    steps: [see('main', /commits 2-4 of 5/), click('button', 'commits 2-4 of 5')],
  }),
  'left-by-a-rule': main('yeses', '#/review/approval/a-53', /A rule left this to you/),
  'yes-with-a-note': at('yeses', '#/review/approval/a-51', {
    ...{ part: '[aria-label="Approval"]', says: /Approve and merge/ },
    steps: [
      answerable(/^Approve [0-9a-f]/),
      press('a'),
      see('[aria-label="Approval"]', /Approve and merge/),
      press('m'),
      type('nicely done'),
    ],
  }),
};

const board: Readonly<Record<string, State>> = {
  busy: main('stories', '#/stories', /Pay by invoice/),
  empty: main('empty', '#/stories', /No stories yet/),
  'no-match': at('stories', '#/stories', {
    ...{ part: 'main', says: /No story fits/ },
    steps: [see('main', /Pay by invoice/), press('/'), type('zzz')],
  }),
  move: at('stories', '#/stories', {
    ...{ part: 'body', says: /Not from/ },
    steps: [see('main', /Pay by invoice/), press('j', 'm')],
  }),
  new: at('stories', '#/stories', {
    ...{ part: dialog, says: /What is to be done/ },
    steps: [see('main', /Pay by invoice/), press('n')],
  }),
  'new-refused': at('stories', '#/stories', {
    ...{ part: dialog, says: /Expected a title/ },
    steps: [see('main', /Pay by invoice/), press('n'), press('Control+Enter')],
  }),
  import: at('stories', '#/stories', {
    ...{ part: dialog, says: /A whole path, or one from/ },
    steps: [see('main', /Pay by invoice/), press('i')],
  }),
  story: main('stories', '#/stories/s-12', /the header is there/),
  'story-edited': at('stories', '#/stories/s-12', {
    ...{ part: 'body', says: /Save/ },
    steps: [see('main', /the header is there/), press('e')],
  }),
  'story-unknown': main('empty', '#/stories/s-99', /This story cannot be shown/),
  over: main('stories', '#/stories/over', /Done long ago/),
};

const messages: Readonly<Record<string, State>> = {
  busy: main('busy', '#/messages', /main moved: the new validator/),
  thread: main('busy', '#/messages/thread/1045', /Thanks, linked/),
  'no-match': main('busy', '#/messages/text/nothing/unread/yes', /No message fits/),
  empty: main('empty', '#/messages', /No messages yet/),
};

const conflicts: Readonly<Record<string, State>> = {
  busy: main('conflicts', '#/conflicts', /Merged first/),
  intents: main('conflicts', '#/conflicts/intents', /docs/),
  'with-target': main('conflicts', '#/conflicts/conflict/c-7', /main has moved on/),
  many: main('collisions', '#/conflicts', /webhooks/),
  empty: main('empty', '#/conflicts', /No two agents work on the same lines/),
  dismiss: at('conflicts', '#/conflicts', {
    ...{ part: 'main', says: /Cancel/ },
    steps: [see('main', /Pause one/), press('x')],
  }),
  take: at('conflicts', '#/conflicts/intents', {
    ...{ part: dialog, says: /Take/ },
    steps: [see('main', /docs/), click('button', 'Take…')],
  }),
};

const schedule: Readonly<Record<string, State>> = {
  busy: main('schedule', '#/schedule', /Firing 318/),
  empty: main('empty', '#/schedule', /Nothing is set/),
  triggers: main('triggers', '#/schedule/triggers', /Tell the build/),
  'triggers-empty': main('empty', '#/schedule/triggers', /Nothing waits for something to happen/),
  'new-timer': at('schedule', '#/schedule', {
    ...{ part: dialog, says: /Would fire/ },
    steps: [see('main', /Firing 318/), press('n')],
  }),
  'new-trigger': at('triggers', '#/schedule/triggers', {
    ...{ part: dialog, says: /4 times in the newest/ },
    steps: [see('main', /Tell the build/), press('n'), fill('Events', 'story.moved')],
  }),
  'remove-trigger': at('triggers', '#/schedule/triggers', {
    ...{ part: dialog, says: /Remove/ },
    steps: [see('main', /Tell the build/), press('j', 'j', 'x')],
  }),
};

const learnings: Readonly<Record<string, State>> = {
  notes: main('learnings', '#/learnings', /running redis/),
  evidence: at('learnings', '#/learnings/findings', {
    ...{ part: 'main', says: /permission\.asked/ },
    steps: [see('main', /waited 9 times/), press('j', 'o')],
  }),
  empty: main('empty', '#/learnings', /Nothing noted yet/),
  'no-findings': main('empty', '#/learnings/findings', /Nothing to tell yet/),
};

const timeline: Readonly<Record<string, State>> = {
  now: main('busy', '#/timeline', /This is now/),
  past: main('busy', '#/timeline/at/901', /As it was at #901/),
  'no-match': main('busy', '#/timeline/text/zzzz', /No event fits/),
  // It says so to the first who asks, and another window asks anew.
  folding: at('busy&slow=folding', '#/timeline/at/900', {
    ...{ part: 'main', says: /event 412,500 of 1,000,000/, steps: [] },
  }),
  unknown: main('busy', '#/timeline/at/99999', /There is no event #99999/),
};

const others: Readonly<Record<string, State>> = {
  'recordings-busy': main('busy', '#/recordings', /2 sessions/),
  'recordings-player': main('busy', '#/recordings/agent/backend', /Reading src\/api\/router-0/),
  'recordings-unknown': main(
    'busy',
    '#/recordings/agent/nobody',
    /There is no recording of "nobody"/,
  ),
  'recordings-empty': main('empty', '#/recordings', /Nothing recorded yet/),
  'nodes-many': main('nodes&nodes=100', '#/nodes', /attic/),
  'nodes-empty': main('quiet', '#/nodes', /No machine has joined yet/),
  'nodes-join': at('nodes', '#/nodes', {
    ...{ part: dialog, says: /Make a token/ },
    steps: [see('main', /attic/), press('n')],
  }),
  'nodes-lock-out': at('nodes', '#/nodes', {
    ...{ part: dialog, says: /It can join anew/ },
    steps: [see('main', /attic/), press('j', 'j', 'j', 'x')],
  }),
  ...Object.fromEntries(
    ['offline', 'refused'].map((state) => [
      `nodes-rendezvous-${state}`,
      main(`quiet&rendezvous=${state}`, '#/nodes', /This Musher is a node of/),
    ]),
  ),
  'watch-shown': main('nodes', '#/nodes/watch/s-40', /Looking into how a device/),
  'watch-ended': main('nodes', '#/nodes/watch/s-44', /link ended/),
  'watch-old': main('nodes&watch=old', '#/nodes/watch/s-40', /may be too old/),
  'costs-agents': main('costs', '#/costs', /a-very-long-name/),
  'costs-empty': main('empty', '#/costs', /No tokens were told yet/),
  'doctor-well': main('busy&doctor=well', '#/doctor', /All is as it should be/),
  'doctor-slow': at('busy&doctor=slow', '#/doctor', {
    ...{ part: 'main', says: /Doctor/, after: 'main [aria-busy="true"]' },
  }),
  'doctor-fails': main('busy&doctor=fails', '#/doctor', /the doctor is out/),
  'settings-busy': main('busy', '#/settings', /limits\.turns/),
  'settings-repository': at('busy', '#/settings', {
    ...{ part: 'main', says: /\.musher\/config\.toml/ },
    steps: [see('main', /limits\.turns/), click('radio', 'This repository')],
  }),
  'settings-bad': main('busy&settings=bad', '#/settings', /Line 4/),
  'settings-slow': at('busy&settings=slow', '#/settings', {
    part: 'body',
    says: /Reading settings/,
  }),
  'settings-fails': main('busy&settings=fails', '#/settings', /Try again/),
  'settings-no-match': at('busy', '#/settings', {
    ...{ part: 'main', says: /No setting has these words/ },
    steps: [see('main', /limits\.turns/), fill('Search settings', 'zzzz')],
  }),
  'settings-export': at('busy', '#/settings', {
    ...{ part: dialog, says: /may be secret/ },
    steps: [see('main', /limits\.turns/), click('button', /^Export/)],
  }),
  'settings-import': at('busy', '#/settings', {
    ...{ part: dialog, says: /[Ii]mport/ },
    steps: [see('main', /limits\.turns/), click('button', /^Import/)],
  }),
};

const shell: Readonly<Record<string, State>> = {
  'signed-out': at('busy&state=signedOut', '', { part: 'main', says: /This page is signed out/ }),
  ended: at('busy&state=ended', '', { part: 'main', says: /Reload the page/ }),
  connecting: at('busy&state=connecting', '', { part: 'main', says: /Connecting to Musher/ }),
  reconnecting: at('busy&state=reconnecting', '#/inbox', {
    ...{ part: 'body', says: /No connection to Musher since/ },
  }),
  'unknown-place': at('busy', '#/nonsense', { part: 'main', says: /There is no such view/ }),
  palette: at('busy', '#/inbox', {
    ...{ part: dialog, says: /Questions/ },
    steps: [see('main', /The limiter has/), press('Control+k')],
  }),
  'palette-verbs': at('busy', '#/inbox', {
    ...{ part: dialog, says: /Destroy…/ },
    steps: [
      see('main', /The limiter has/),
      press('Control+k'),
      type('backend'),
      see(dialog, /backend/),
      press('ArrowRight'),
    ],
  }),
  'palette-nothing': at('busy', '#/inbox', {
    ...{ part: dialog, says: /Nothing is called that/ },
    steps: [see('main', /The limiter has/), press('Control+k'), type('qqqqzzzz')],
  }),
  keys: at('busy', '#/inbox', {
    ...{ part: dialog, says: /Shortcuts/ },
    steps: [see('main', /The limiter has/), press('?')],
  }),
  'keys-changed': at('busy', '#/review', {
    ...{ part: dialog, says: /It is the key of “Approve/ },
    steps: [
      answerable(/^Approve [0-9a-f]/),
      press('?'),
      see(dialog, /Shortcuts/),
      type('deny'),
      press('ArrowDown', 'Enter', 'a'),
    ],
  }),
  notices: at('busy', '#/inbox', {
    ...{ part: dialog, says: /Desktop notifications are off/ },
    steps: [see('main', /The limiter has/), click('button', /^Notifications/)],
  }),
  theme: at('busy', '#/inbox', {
    ...{ part: '[role="menu"]', says: /Dark, high contrast/ },
    steps: [see('main', /The limiter has/), click('button', /^Theme/)],
  }),
  tour: at('busy&tour', '#/inbox', { part: 'body', says: /Take the tour/ }),
};

const tables: Readonly<Record<string, Readonly<Record<string, State>>>> = {
  ...{ inbox, agents, review: reviews, board, messages, conflicts, schedule, learnings, timeline },
  shell,
};

/** By name: `board-empty`. */
export const viewStates: Readonly<Record<string, State>> = {
  ...Object.fromEntries(
    Object.entries(tables).flatMap(([view, table]) =>
      Object.entries(table).map(([name, state]) => [`${view}-${name}`, state]),
    ),
  ),
  ...others,
};
