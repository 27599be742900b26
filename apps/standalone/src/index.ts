export { run, type RunOptions } from './main.ts';
export { runImport } from './import.ts';
