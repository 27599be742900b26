import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { ANSWERS } from '../apps/ingest/src/api/answers.ts';
import { asyncapi } from './asyncapi.ts';
import { TypeSchemas } from './type-schemas.ts';

/** The descriptions that are kept beside the code: written by `node tools/describe.mjs`. */

const root = join(fileURLToPath(import.meta.url), '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

const HOW = 'Made by `node tools/describe.mjs`; change the code and run it again.';

export const DESCRIPTIONS: Readonly<Record<string, () => Promise<string>>> = {
  // First: the API reads it when it describes itself.
  'apps/ingest/src/api/answer-schemas.json': () => {
    const types = new TypeSchemas(root, '2020-12');
    for (const { type } of Object.values(ANSWERS)) if (type !== null) types.of(type);
    const schemas = Object.fromEntries([...types.named].sort(([a], [b]) => (a < b ? -1 : 1)));
    return Promise.resolve(`${JSON.stringify(schemas, null, 1)}\n`);
  },
  'docs/openapi.json': async () => {
    // Only now: it reads the file above.
    const { ingestWithoutFloor } = await import('../apps/ingest/src/floorless.fixture.ts');
    const ingest = await ingestWithoutFloor({ appVersion: version });
    const answer = await ingest.app.inject('/v1/openapi.json');
    await ingest.close();
    return `${JSON.stringify(answer.json(), null, 1)}\n`;
  },
  'docs/asyncapi.yaml': () => {
    const style = { lineWidth: 100, aliasDuplicateObjects: false };
    return Promise.resolve(`# ${HOW}\n${stringify(asyncapi(root, version), style)}`);
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, make] of Object.entries(DESCRIPTIONS)) {
    writeFileSync(join(root, path), await make());
    process.stdout.write(`${path}\n`);
  }
}
