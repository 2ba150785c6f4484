import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createBridgeClient } from './hub/bridge-client.ts';
import type { ClientChannel } from './hub/channel.ts';
import { connectHub } from './hub/connection.ts';
import { createIpcChannel } from './hub/ipc-channel.ts';
import { bridgeUrlOf, createWebSocketChannel } from './hub/websocket-channel.ts';
import { startTheme } from './shell/theme.ts';
import { startFollowingHistory, useUi } from './shell/ui-state.ts';
import { views } from './views.ts';

startTheme();
startFollowingHistory();
// While the hub is asked, not after it has answered.
const shown = useUi.getState().place.view;
views.find(({ id }) => id === shown)?.Component.preload?.();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App hub={connectHub(createBridgeClient(chooseChannel()))} />);

/** The desktop host leaves its port maker on the window; a page from the browser host has none. */
function chooseChannel(): ClientChannel {
  if (window.musher) return createIpcChannel({ api: window.musher });
  return createWebSocketChannel({ url: bridgeUrlOf(location) });
}
