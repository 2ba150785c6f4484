import { expect, it } from 'vitest';
import type { StoryNodeNow } from '../../../preload/contract/story-facts.ts';
import { pipelineFormats } from './pipeline.ts';
import { storyFormats } from './stories.ts';
import { noStyle } from './view.ts';

const nowMs = 1_000_000_000;
const view = { nowMs, style: noStyle };
const lost: StoryNodeNow = { label: 'attic', standing: 'lost', seenMs: nowMs - 12 * 60_000 };
const node = { id: 'n-1', claim: 3 };

const row = (some: object) => ({
  ...{ id: 's-1', type: 'story' as const, title: 'Log in', priority: 'normal' as const },
  ...{ labels: [], criteriaDone: 0, criteriaTotal: 0, dependsOn: [], review: 'gates' as const },
  ...{ place: { stage: 'coding' as const }, sinceMs: nowMs, addedMs: 0, version: 1 },
  ...{ mergeFailures: 0, waitsFor: [] },
  ...some,
});

it('lists in place of an agent the machine that works on a story, and when it is away', () => {
  const text = storyFormats['story.list'](
    {
      stories: [
        row({ agent: 'backend' }),
        row({ id: 's-2', node, nodeNow: { ...lost, standing: 'connected' } }),
        row({ id: 's-3', node, nodeNow: lost }),
      ],
      total: 3,
    },
    view,
  );
  const [from, to] = [text.indexOf('AGENT'), text.indexOf('MET')];
  const agents = text.split('\n').map((line) => line.slice(from, to).trim());
  expect(agents).toEqual(['AGENT', 'backend', 'attic (n-1)', 'attic (n-1), not heard for 12 min']);
});

it('shows of one what becomes of it while its node is away', () => {
  const more = { body: '', criteria: [], neededBy: [], history: [], hasMore: false };
  const text = storyFormats['story.get']({ ...row({ node, nodeNow: lost }), ...more }, view);
  expect(text).toContain('  attic, not heard for 12 min: after 30 min it goes to another\n');
});

it('counts what nodes work on among what is in work', () => {
  const limits = { maxAgents: 2, maxNoProgress: 3, maxAttempts: 8, profiles: [] };
  const text = pipelineFormats['pipeline.status'](
    {
      ...{ isOn: true, limits, active: 0, working: [], waiting: [], waitingTotal: 0, nowMs },
      onNodes: [{ story: 's-3', title: 'Log in', node, nodeNow: lost }],
    },
    view,
  );
  expect(text).toMatch(/s-3 +attic \(n-1\) +- +- +not heard for 12 min +Log in/);
});
