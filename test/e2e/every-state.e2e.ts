// Every state that the contracts have, where the page shows it: its words, and nothing that axe finds, in both themes. A state
// without a row here does not compile.

import { expect, type Page, test } from '@playwright/test';
import type { CheckState } from '../../preload/contract/doctor.ts';
import type { GateRun } from '../../preload/contract/gates.ts';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { NodeStanding } from '../../preload/contract/node-standing.ts';
import type { ThreadRecord } from '../../preload/contract/reviews.ts';
import type { InboxItem } from '../../renderer/features/inbox/kinds.ts';
import { pictured } from '../harness/approval-states.ts';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectPartAccessible, showIn } from './axe.ts';
import { cases } from '../harness/rounds.ts';
import { goTo } from './musher-page.ts';

interface Picture {
  readonly scene: string;
  readonly hash: string;
  /** CSS of the part that shows it. */
  readonly part: string;
  readonly says: RegExp;
  /** The row to choose first. */
  readonly row?: RegExp;
  /** Drawn by the diff viewer, in a root of its own. */
  readonly isInShadow?: true;
}

const approvals: readonly Picture[] = Object.entries(pictured).map(([id, says]) => ({
  ...{ scene: 'states', hash: `#/review/approval/${id}`, says },
  part: '[aria-label="Decision"]',
}));

const gate = (approval: string, says: RegExp): Picture => ({
  ...{ scene: 'gates', hash: `#/review/approval/${approval}`, says },
  part: '[aria-label="Gates"]',
});
const gates: Readonly<Record<GateRun['state'], Picture>> = {
  queued: gate('a-31', /queued/),
  running: gate('a-31', /running/),
  passed: gate('a-32', /passed/),
  failed: gate('a-33', /exit code 1/),
  timed_out: gate('a-35', /timed out/),
  cancelled: gate('a-36', /cancelled/),
  lost: gate('a-35', /lost/),
};

const thread = (says: RegExp): Picture => ({
  ...{ scene: 'reviews', hash: '#/review/approval/a-21', says },
  part: '[aria-label="Diff"]',
  isInShadow: true,
});
const threads: Readonly<Record<ThreadRecord['state'], Picture>> = {
  open: thread(/Is this safe/),
  done: thread(/this has to be >=/),
  resolved: thread(/The length belongs to the window/),
};

const inboxRow = (scene: string, word: string, says: RegExp): Picture => ({
  ...{ scene, hash: '#/inbox', says, row: new RegExp(`^${word} from`) },
  part: `[aria-label^="${word} "]`,
});
const inbox: Readonly<Record<InboxItem['kind'], Picture>> = {
  question: inboxRow('busy', 'Question', /asks/),
  approval: inboxRow('busy', 'Approval', /asks to merge into main/),
  'failed-approval': inboxRow('busy', 'Not merged', /was not merged into main/),
  proposal: inboxRow('proposals', 'Proposal', /Apply/),
  push: inboxRow('states', 'Not pushed', /was not pushed to origin.*Push again/),
  'failed-agent': inboxRow('busy', 'Failed', /code 1/),
  message: inboxRow('busy', 'Message', /Reply/),
  permission: inboxRow('permissions', 'Permission', /npm test -- address/),
  notice: inboxRow('watched', 'Notice', /Dismiss/),
  target: inboxRow('conflicts', 'Moved', /moved without Musher/),
  'moved-back': inboxRow('conflicts', 'Moved back', /was moved back/),
  stray: inboxRow('conflicts', 'Stray commit', /Dismiss/),
  conflict: inboxRow('conflicts', 'Conflict', /Dismiss/),
  story: inboxRow('landing', 'Blocked story', /Try the merge again/),
  reminder: inboxRow('schedule', 'Reminder', /rate limits/),
  timer: inboxRow('schedule', 'Timer failed', /Do it now/),
  trigger: inboxRow('triggers', 'Trigger stopped', /Arm it again/),
  budget: inboxRow('costs', 'Budget', /is nearly used.*Raise to/),
};

const decided = (says: RegExp): Picture => ({
  ...{ scene: 'triage', hash: '#/inbox/decided', says },
  part: '[aria-label="Decided"]',
});
const questions: Readonly<Record<QuestionRecord['state'], Picture>> = {
  open: inboxRow('triage', 'Question', /asks you/),
  answered: decided(/Answer to q-70/),
  expired: decided(/Nobody answered q-69/),
  cancelled: decided(/q-68.*was cancelled/),
};

const node = (standing: NodeStanding, says: RegExp, hash = '#/nodes'): Picture => ({
  ...{ scene: 'nodes', hash, says },
  part: `tr[data-standing="${standing}"]`,
});
const nodes: Readonly<Record<NodeStanding, Picture>> = {
  connected: node('connected', /connected/),
  draining: node('draining', /draining/),
  stopped: node('stopped', /stopped/),
  disconnected: node('disconnected', /disconnected.*its clock is 10 min ahead/),
  lost: node('lost', /lost/),
  unheard: node('unheard', /not heard yet/),
  revoked: node('revoked', /locked out/, '#/nodes/node/n-8'),
};

const check = (state: CheckState, says: RegExp): Picture => ({
  ...{ scene: 'busy', hash: '#/doctor', says },
  part: `li[data-state="${state}"]`,
});
const checks: Readonly<Record<CheckState, Picture>> = {
  problem: check('problem', /Problem: Permissions.*What to do: Close it: chmod 600/),
  warning: check('warning', /Warning: Shell environment.*launchctl/),
  unknown: check('unknown', /Unknown: Notifications/),
  ok: check('ok', /OK: Node/),
};

const costs: readonly Picture[] = [
  { scene: 'costs', hash: '#/costs/model', part: 'main', says: /tokens have no price/ },
  inboxRow('costs', 'At its budget', /is at its budget.*Show the budget/),
];

const all: readonly Picture[] = [
  ...approvals,
  ...costs,
  ...[gates, threads, inbox, questions, nodes, checks].flatMap((table): Picture[] =>
    Object.values(table),
  ),
];

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function show(page: Page, picture: Picture): Promise<void> {
  const { hash, row, part, says, isInShadow } = picture;
  await goTo(page, hash);
  if (row) await page.getByRole('option', { name: row }).first().click();
  const shown = page.locator(part).first();
  if (isInShadow) await expect(shown.getByText(says).first()).toBeVisible();
  else await expect(shown).toContainText(says);
}

for (const scene of new Set(all.map((picture) => picture.scene)))
  test(`what ${scene} shows says what it is, to everybody`, async ({ page }) => {
    const pictures = all.filter((picture) => picture.scene === scene);
    await page.goto(`${fixture.url}?scene=${scene}`);
    await showIn(page, 'dark');
    /** Of several states in one picture the first has all of it looked at. */
    const looked = new Set<string>();
    for (const picture of pictures) {
      await show(page, picture);
      const place = [picture.hash, picture.row, picture.part].join(' ');
      if (!looked.has(place)) await expectPartAccessible(page, `${picture.says}, dark`, picture);
      looked.add(place);
    }
    if (cases([], ['light']).length === 0) return;
    await showIn(page, 'light');
    for (const picture of pictures) {
      await show(page, picture);
      const rules = ['color-contrast'];
      await expectPartAccessible(page, `${picture.says}, light`, { ...picture, rules });
    }
  });
