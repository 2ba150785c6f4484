// The pages beside the app's own: where a repository is chosen, and the projects of a gateway.

import { click, fill, press, see, type State } from './state.ts';

const dialog = '[role="dialog"]';

const at = (scene: string, shown: Omit<State, 'scene' | 'hash'>): State => ({
  ...{ scene, hash: '' },
  ...shown,
});

/** What is said of a folder, once all else of the page is there. */
const folder = (path: string, says: RegExp, scene = 'welcome'): State =>
  at(scene, {
    ...{ part: 'main', says },
    steps: [see('main', /can be started/), fill('Folder of the repository', path)],
  });

const welcome: Readonly<Record<string, State>> = {
  plain: at('welcome', { part: 'main', says: /is in no git repository[\s\S]*can be started/ }),
  first: at('welcome-first', { part: 'main', says: /can be started[\s\S]*Learnings/ }),
  named: at('welcome-named', { part: 'main', says: /another user owns it[\s\S]*can be started/ }),
  beside: at('welcome-beside', { part: 'main', says: /The demo runs alone[\s\S]*can be started/ }),
  slow: at('welcome&slow=welcome.programs', { part: 'main', says: /Asking each for its version/ }),
  repository: folder('~/code/shop', /is a git repository\./),
  inside: folder('~/code/shop/src', /which is what opens/),
  missing: folder('~/code/shpo', /There is no folder/),
  file: folder('~/code/notes.txt', /is a file\. Name/),
  elsewhere: folder('~/code/billing-of-the-northern-region', /Another Musher has/),
  wide: folder('~', /is no folder for one repository/),
  asked: at('welcome', {
    ...{ part: 'main', says: /What lies in the folder stays as it is/ },
    steps: [see('main', /can be started/), click('button', 'Make it a git repository…')],
  }),
  opening: at('welcome', {
    ...{ part: 'main', says: /Opening ~\/code\/shop…/ },
    steps: [see('main', /can be started/), click('button', /^shop/)],
  }),
  failed: at('welcome', {
    ...{ part: 'main', says: /took longer than 60 s/ },
    steps: [see('main', /can be started/), click('button', 'Open the demo')],
  }),
  narrow: at('welcome', {
    ...{ part: 'main', says: /is in no git repository[\s\S]*can be started/ },
    isNarrow: true,
  }),
};

const projects = { part: 'main', says: /never-heard[\s\S]*mobile/ };

const gateway: Readonly<Record<string, State>> = {
  projects: at('gateway', projects),
  empty: at('gateway-empty', { part: 'main', says: /No project is registered yet/ }),
  register: at('gateway', {
    ...{ part: dialog, says: /Register a project/ },
    steps: [see('main', /never-heard/), press('n')],
  }),
  rename: at('gateway', {
    ...{ part: dialog, says: /Rename/ },
    steps: [see('main', /never-heard/), press('j', 'e')],
  }),
  remove: at('gateway', {
    ...{ part: dialog, says: /key/ },
    steps: [see('main', /never-heard/), press('j', 'j', 'j', 'x')],
  }),
  reconnecting: at('gateway&state=reconnecting', { part: 'body', says: /[Rr]econnecting/ }),
  'signed-out': at('gateway&state=signedOut', { part: 'body', says: /musher gateway/ }),
  narrow: at('gateway', { ...projects, isNarrow: true }),
};

/** By name: `welcome-plain`. */
export const pageStates: Readonly<Record<string, State>> = Object.fromEntries(
  Object.entries({ welcome, gateway }).flatMap(([page, table]) =>
    Object.entries(table).map(([name, state]) => [`${page}-${name}`, state]),
  ),
);
