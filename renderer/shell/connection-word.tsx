import type { ConnectionStatus } from '../hub/bridge.ts';
import { useConnection } from '../hub/connection.ts';
import { type DotShape, type DotTone, StatusDot } from '../ui/status-dot.tsx';

const connectionLooks: Readonly<
  Record<ConnectionStatus['state'], { shape: DotShape; tone: DotTone; word: string }>
> = {
  connecting: { shape: 'half', tone: 'muted', word: 'Connecting' },
  live: { shape: 'disc', tone: 'green', word: 'Connected' },
  reconnecting: { shape: 'half', tone: 'amber', word: 'Reconnecting' },
  signedOut: { shape: 'cross', tone: 'red', word: 'Signed out' },
  ended: { shape: 'cross', tone: 'red', word: 'Disconnected' },
};

export function ConnectionWord() {
  const { state } = useConnection();
  const { shape, tone, word } = connectionLooks[state];
  return (
    <span role="status" className="flex items-center gap-1.5">
      <StatusDot shape={shape} tone={tone} word="" />
      {location.port ? `${word} to port ${location.port}` : word}
    </span>
  );
}
