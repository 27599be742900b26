import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { connect, type Tx } from './connect.ts';

const FOLDER = fileURLToPath(new URL('../migrations/', import.meta.url));
/** Any number: the advisory lock under which one process at a time migrates. */
const LOCK = 7_246_001;

/**
 * Brings the database to the newest schema: makes the two roles, runs what is missing, in order,
 * each in a transaction. Throws when a migration that ran was edited afterwards, or when one that
 * ran is unknown here (the database is newer than this program).
 */
export async function migrate(url: string): Promise<{ readonly ran: readonly string[] }> {
  const sql = connect(url, { role: 'owner', max: 1, name: 'ovation migrate' });
  try {
    return await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${LOCK})`;
      await tx`
        create table if not exists schema_migration (
          name text primary key,
          hash text not null,
          ran_at timestamptz not null default now()
        )`;
      await makeRoles(tx);
      return { ran: await runMissing(tx) };
    });
  } finally {
    await sql.end();
  }
}

async function makeRoles(tx: Tx): Promise<void> {
  for (const role of ['ovation_app', 'ovation_projector']) {
    const [known] = await tx`select 1 from pg_roles where rolname = ${role}`;
    if (known) continue;
    await tx`create role ${tx(role)} nologin`;
    await tx`grant ${tx(role)} to current_user`;
  }
}

async function runMissing(tx: Tx): Promise<string[]> {
  const done = await tx<{ name: string; hash: string }[]>`
    select name, hash from schema_migration`;
  const hashes = new Map(done.map((row) => [row.name, row.hash]));
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const unknown = done.find((row) => !names.includes(row.name));
  if (unknown) throw new Error(`the database has ${unknown.name}: update this program first`);
  const ran: string[] = [];
  for (const name of names) {
    const text = await readFile(FOLDER + name, 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    const known = hashes.get(name);
    if (known === hash) continue;
    if (known !== undefined) throw new Error(`${name} was changed after it had run`);
    await tx.unsafe(text);
    await tx`insert into schema_migration (name, hash) values (${name}, ${hash})`;
    ran.push(name);
  }
  return ran;
}
