export { attachGateway, type Gateway, type GatewayDeps } from './gateway.ts';
export { Mirror } from './mirror.ts';
export { runGateway } from './main.ts';
