export * from './connection.svelte.ts';
export * from './feed.svelte.ts';
export * from './freshness.ts';
export * from './live-board.svelte.ts';
export * from './local-time.ts';
export * from './now.svelte.ts';
