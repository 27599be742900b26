export { attachGateway, type Gateway, type GatewayDeps } from './gateway.ts';
export { Mirror } from './mirror.ts';
