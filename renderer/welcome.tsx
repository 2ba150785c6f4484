import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { WelcomePage } from './features/welcome/index.ts';
import { createBridgeClient } from './hub/bridge-client.ts';
import { connectHub } from './hub/connection.ts';
import { createIpcChannel } from './hub/ipc-channel.ts';
import { createWebSocketChannel, welcomeUrlOf } from './hub/websocket-channel.ts';
import { startTheme } from './shell/theme.ts';

startTheme();
const root = document.getElementById('root');
if (!root) throw new Error('welcome.html has no #root');
const channel = window.musher
  ? createIpcChannel({ api: window.musher })
  : createWebSocketChannel({ url: welcomeUrlOf(location) });
createRoot(root).render(<WelcomePage hub={connectHub(createBridgeClient(channel))} />);
