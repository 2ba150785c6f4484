/** Errors of stories. */
import { row, warned } from './row.ts';

export const storyErrors = {
  STORY_UNKNOWN: row(
    404,
    'There is no story "{story}".',
    'See `musher story list --all`. Of stories that are over only the newest {kept} are known by id; `musher log` has all.',
  ),
  STORY_NOT_YOURS: warned(
    403,
    'Story "{story}" is not {actor}’s: it is {owner}.',
    'An agent ticks, submits and blocks its own story; see `musher story list --mine`.',
  ),
  STORY_MOVE_ILLEGAL: row(
    409,
    'Story "{story}" cannot {what}: it is in {stage}.',
    'Legal from {stage}: {legal}.',
  ),
  STORY_NOT_MERGING: row(
    409,
    'Story "{story}" is {stage}, so {approval} is not merged.',
    'Let the story go on first; `musher story show {story}` says how it stands. Then it is asked for, and merged, by itself.',
  ),
  STORY_LANDING: row(
    409,
    'Story "{story}" is being merged at this moment, by {approval}.',
    'Wait for a second and look at it again: `musher story show {story}`.',
  ),
  STORY_MOVED: row(
    409,
    'Story "{story}" is {stage} by now, and not {from}.',
    'Look at it again (`musher story show {story}`) and say what is to be now.',
  ),
  STORY_MOVE_NEEDS: row(400, 'Story "{story}" cannot {what} without {need}.', '{hint}'),
  STORY_WAITS: row(
    409,
    'Story "{story}" waits for {waitsFor}.',
    'Let those be done first, or take them out: `musher story edit {story} --depends-on …`.',
  ),
  STORY_AGENT_BUSY: row(
    409,
    'Agent "{agent}" has story "{other}" ({stage}) in work already.',
    'An agent works on one story at a time: choose another agent, or shelve that story: `musher story move {other} backlog`.',
  ),
  STORY_NOT_FREE: row(
    409,
    'Story "{story}" is {agent}’s already.',
    'A node takes only what is nobody’s: take it from its agent first, `musher story unassign {story}`.',
  ),
  STORY_NOT_ASSIGNABLE: row(
    409,
    'Story "{story}" is {stage}; there is nothing to do in it for an agent.',
    'Reopen it first where that is legal: `musher story move {story} backlog`.',
  ),
  STORY_CHANGED: row(
    409,
    'Story "{story}" is at version {version}; after version {ifVersion} somebody changed: {fields}.',
    'Look at it again (`musher story show {story}`) and edit what is there now, with --if-version {version}.',
  ),
  STORY_EDIT_EMPTY: row(
    400,
    'Nothing of story "{story}" was named that should change.',
    'Name a field, for example `musher story edit {story} --priority high`.',
  ),
  STORY_EDIT_TWICE: row(
    400,
    'Field {field} of story "{story}" is to be set and cleared at once.',
    'Say one of the two.',
  ),
  STORY_CRITERION_UNKNOWN: row(
    404,
    'Story "{story}" has no criterion {criterion}.',
    'It has: {known}.',
  ),
  STORY_DEPENDENCY_UNKNOWN: row(
    400,
    'Story "{story}" cannot depend on {unknown}: there is no such story.',
    'Name stories by their ids; see `musher story list --all`.',
  ),
  STORY_CYCLE: row(
    409,
    'Stories would wait for each other: {cycle}.',
    'Leave out one of these dependencies.',
  ),
  STORY_LIMIT: row(
    409,
    'There are {open} stories that are not over; {adding} more would be beyond the limit of {limit}.',
    'Archive or abandon some first.',
  ),
  STORY_IMPORT_INVALID: row(
    400,
    'Nothing was imported, because of {count}:\n{faults}',
    'Mend them and import again; --dry-run only says what would be done.',
  ),
  STORY_IMPORT_UNREADABLE: row(
    400,
    'Nothing was imported: {path} {why}.',
    'Name markdown (.md) or JSON (.json) files that can be read, or folders of them: at most {stories} stories and {bytes} bytes at once.',
  ),
} as const;
