import type { InboxItem } from './inbox-items.ts';
import { sayConflict } from './say-conflict.ts';

/** One line that says what it is about. */
export function titleOf(item: InboxItem): string {
  switch (item.kind) {
    case 'question':
      return item.record.text;
    case 'permission':
      return `${item.record.tool}: ${item.record.subject}`;
    case 'proposal':
      return item.record.why;
    case 'approval':
      return item.record.title;
    case 'failed-approval':
      return `${item.record.state === 'conflicted' ? 'Conflicts' : 'Not merged'}: ${item.record.title}`;
    case 'failed-agent':
    case 'notice':
      return item.title;
    case 'message':
    case 'reminder':
    case 'timer':
    case 'trigger':
    case 'moved-back':
    case 'budget':
    case 'stray':
    case 'story':
      return item.title;
    // The row begins with the name: what is said behind it has to fit into a narrow one.
    case 'target':
    case 'push':
      return item.title.replace(`${item.agent} `, '');
    case 'conflict':
      return sayConflict(item.record, item.agent);
  }
}
