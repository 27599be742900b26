export * from './locale.ts';
export * from './money.ts';
export * from './name.ts';
export * from './number.ts';
export * from './time.ts';
export * from './typed-money.ts';
export * from './span.ts';
