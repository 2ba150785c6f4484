/** What permissions need from the outside: to read the screens of CLIs, and to type there. */
import type { Profiles } from '../../agents/index.ts';
import type { Terminals } from '../../terminals/index.ts';

export interface ScreenPorts {
  readonly terminals: Pick<Terminals, 'lastOutputs' | 'text' | 'press'>;
  readonly profiles: Profiles;
}
