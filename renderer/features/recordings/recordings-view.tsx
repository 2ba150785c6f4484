import { useMemo } from 'react';
import { useUi } from '../../shell/ui-state.ts';
import { PlayerView } from './player-view.tsx';
import { RecordingList } from './recording-list.tsx';
import { parseTarget } from './recording-place.ts';

/** All recordings, or the one that the address names. */
export function RecordingsView() {
  const target = useUi(({ place }) => place.target);
  const which = useMemo(() => parseTarget(target), [target]);
  return which === undefined ? <RecordingList /> : <PlayerView key={target} which={which} />;
}
