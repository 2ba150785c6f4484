/** The views in the order of the sidebar; one line per feature. */
import { agentsView } from './features/agents/index.ts';
import { reviewView } from './features/approvals/index.ts';
import { clusterView } from './features/cluster/index.ts';
import { conflictsView } from './features/conflicts/index.ts';
import { costsView } from './features/costs/index.ts';
import { doctorView } from './features/doctor/index.ts';
import { inboxView } from './features/inbox/index.ts';
import { learningsView } from './features/learnings/index.ts';
import { messagesView } from './features/messages/index.ts';
import { recordingsView } from './features/recordings/index.ts';
import { settingsView } from './features/settings/index.ts';
import { storiesView } from './features/stories/index.ts';
import { scheduleView } from './features/schedule/index.ts';
import { timelineView } from './features/timeline/index.ts';
import type { View } from './shell/view.ts';

export const views: readonly View[] = [
  inboxView,
  agentsView,
  reviewView,
  storiesView,
  messagesView,
  conflictsView,
  scheduleView,
  learningsView,
  timelineView,
  recordingsView,
  clusterView,
  costsView,
  doctorView,
  settingsView,
];
