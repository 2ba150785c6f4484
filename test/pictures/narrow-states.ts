// The app in a window as narrow as a phone: a list and what is chosen in it are two pages, and what stood side by side is stacked.

import { click, press, see, type State } from './state.ts';

const narrow = (scene: string, hash: string, says: RegExp): State => ({
  ...{ scene, hash, says },
  ...{ part: 'main', isNarrow: true },
});

const dialog = '[role="dialog"]';

const table: Readonly<Record<string, State>> = {
  inbox: narrow('busy', '#/inbox', /The limiter has/),
  agents: narrow('busy', '#/agents', /npm test passes/),
  agent: narrow('busy', '#/agents/agent/backend', /npm test passes/),
  review: narrow('busy', '#/review', /Wire rate limits|rate limits/),
  question: {
    ...narrow('busy', '#/inbox', /Which one should I build on/),
    steps: [see('main', /The limiter has/), click('option', /The limiter has/)],
  },
  thread: narrow('busy', '#/messages/thread/1045', /Thanks, linked/),
  // The diff viewer's own: `view-states` has why.
  approval: {
    ...narrow('queue', '#/review/approval/a-31', /Next in the queue, held/),
    breaks: ['scrollable-region-focusable'],
  },
  board: narrow('stories', '#/stories', /Pay by invoice/),
  story: narrow('stories', '#/stories/s-12', /the header is there/),
  messages: narrow('busy', '#/messages', /main moved: the new validator/),
  conflicts: narrow('conflicts', '#/conflicts', /src/),
  schedule: narrow('schedule', '#/schedule', /Nightly/),
  timeline: narrow('busy', '#/timeline', /This is now/),
  costs: narrow('costs', '#/costs', /a-very-long-name/),
  nodes: narrow('nodes', '#/nodes', /attic/),
  settings: narrow('busy', '#/settings', /limits\.turns/),
  doctor: narrow('busy&doctor=well', '#/doctor', /All is as it should be/),
  palette: {
    ...narrow('busy', '#/inbox', /Questions/),
    part: dialog,
    steps: [see('main', /The limiter has/), press('Control+k')],
  },
  'new-agent': {
    ...narrow('busy', '#/agents', /Name/),
    part: dialog,
    steps: [see('main', /npm test passes/), press('g', 'n')],
  },
};

/** By name: `narrow-inbox`. */
export const narrowStates: Readonly<Record<string, State>> = Object.fromEntries(
  Object.entries(table).map(([name, state]) => [`narrow-${name}`, state]),
);
