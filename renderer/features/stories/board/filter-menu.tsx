import { Check, ListFilter } from 'lucide-react';
import { useState } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { storyPriorities } from '../../../../preload/contract/story-stages.ts';
import { storyTypes } from '../../../../preload/contract/story-stages.ts';
import type { Table } from '../../../../preload/contract/table.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { Select } from '../../../ui/text-field.tsx';
import { priorityTitles, typeTitles } from '../stage-words.ts';
import { changeLook, setFilter, useStoriesUi } from '../stories-ui.ts';
import { filterWords, hasPart, partFor, toggledPart } from './board-filter.ts';
import type { Grouping } from './board-rows.ts';

const mostNamed = 12;

/** What can be typed into the filter, to choose from. */
export function FilterMenu({ table }: { table: Table<StoryRecord> }) {
  const [isOpen, setOpen] = useState(false);
  const typed = useStoriesUi(({ filter }) => filter);
  const item = (part: string, label: string): MenuItem => ({
    label,
    ...(hasPart(typed, part) && { icon: Check }),
    onSelect: () => setFilter(toggledPart(typed, part)),
  });
  // Asked of all of them only when somebody looks.
  const groups = isOpen
    ? [
        filterWords.map(({ word, what }) => item(word, what)),
        storyTypes.map((type) => item(partFor('type', type), `Type: ${typeTitles[type]}`)),
        storyPriorities.map((one) =>
          item(partFor('priority', one), `Priority: ${priorityTitles[one]}`),
        ),
        named(table, ({ labels }) => labels).map((label) =>
          item(partFor('label', label), `Label: ${toPlainLine(label)}`),
        ),
        named(table, ({ agent }) => (agent === undefined ? [] : [agent])).map((agent) =>
          item(partFor('agent', agent), `Agent: ${agent}`),
        ),
      ]
    : [];
  return (
    <Menu groups={groups} align="start" isOpen={isOpen} onOpenChange={setOpen}>
      <Button look="quiet" icon={ListFilter}>
        Filter
      </Button>
    </Menu>
  );
}

/** The most frequent first. */
function named(
  table: Table<StoryRecord>,
  of: (story: StoryRecord) => readonly string[],
): readonly string[] {
  const counts = new Map<string, number>();
  table.forEach((story) => {
    for (const name of of(story)) counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostNamed)
    .map(([name]) => name);
}

const groupings: ReadonlyArray<readonly [Grouping, string]> = [
  ['none', 'No groups'],
  ['label', 'By label'],
  ['agent', 'By agent'],
  ['priority', 'By priority'],
];

export function GroupSelect() {
  const group = useStoriesUi(({ look }) => look.group);
  return (
    <div className="w-30 shrink-0">
      <Select
        hideLabel
        label="Group"
        value={group}
        onChange={(event) => changeLook({ group: event.target.value as Grouping })}
      >
        {groupings.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Select>
    </div>
  );
}
