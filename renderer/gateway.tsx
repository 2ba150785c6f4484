import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { GatewayPage } from './features/gateway/index.ts';
import { createBridgeClient } from './hub/bridge-client.ts';
import { connectHub } from './hub/connection.ts';
import { bridgeUrlOf, createWebSocketChannel } from './hub/websocket-channel.ts';
import { startTheme } from './shell/theme.ts';

startTheme();
const root = document.getElementById('root');
if (!root) throw new Error('gateway.html has no #root');
const channel = createWebSocketChannel({ url: bridgeUrlOf(location) });
createRoot(root).render(<GatewayPage hub={connectHub(createBridgeClient(channel))} />);
