/** What config files say of the board, told to pages. Of one column the first file counts: the user's own. */
import type { BoardSettings } from '../../../preload/contract/board-config.ts';
import type { Life } from '../../hub/feature.ts';
import type { GoodConfig } from '../settings/index.ts';
import type { StoriesPorts } from './ports.ts';

export function boardSettings(files: readonly GoodConfig[]): BoardSettings {
  const wip: Record<string, number> = {};
  for (const { config } of files)
    for (const [column, most] of Object.entries(config.board.wip ?? {}))
      if (most !== undefined) wip[column] ??= most;
  return { wip };
}

export function showBoard({ config }: Pick<StoriesPorts, 'config'>, { live, own }: Life<unknown>) {
  const show = () => live.put('board', 'board', boardSettings(config.configs()));
  own(config.onChange(show));
  show();
}
