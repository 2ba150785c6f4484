export { GatewayPage } from './gateway-page.tsx';
