// Writes docs/openapi.json and docs/asyncapi.yaml anew from the code that they describe.
import { join } from 'node:path';
import { mustRun, root } from './build.mjs';

mustRun(process.execPath, [
  '--conditions=source',
  '--import',
  'tsx',
  join(root, 'tools/describe.ts'),
]);
