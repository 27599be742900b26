import { readFileSync } from 'node:fs';
import type { Static, TObject } from 'typebox';
import { Convert, Default, Errors, Check } from 'typebox/value';

/**
 * Reads the variables that a schema names, with defaults and conversion from text; `NAME_FILE`
 * names a file that holds the value. Throws one error that lists every fault.
 */
export function readConfig<T extends TObject>(
  schema: T,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Static<T>> {
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(schema.properties)) {
    const file = env[`${name}_FILE`];
    const value = file ? readFileSync(file, 'utf8').trim() : env[name];
    if (value !== undefined && value !== '') found[name] = value;
  }
  const config = Convert(schema, Default(schema, found));
  if (Check(schema, config)) return Object.freeze(config as Static<T>);
  const faults = [...Errors(schema, config)].map(
    (error) => `${error.instancePath.slice(1) || 'environment'} ${error.message}`,
  );
  throw new Error(`The environment is not right:\n  ${faults.join('\n  ')}`);
}
