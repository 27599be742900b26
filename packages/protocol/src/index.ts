export * from './board-wire.ts';
export * from './socket-events.ts';
export * from './viewer.ts';
export * from './bus-messages.ts';
export * from './api.ts';
export * from './answers.ts';
export * from './api-sources.ts';
export * from './api-common.ts';
