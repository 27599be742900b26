export { run, type RunOptions } from './main.ts';
