import { randomBytes } from 'node:crypto';
import { connect, type Sql } from '@ovation/store';

/** A migrated database of its own. */
export interface TestDatabase {
  readonly url: string;
  readonly app: Sql;
  readonly projector: Sql;
  /** The owner, for looking past row-level security. */
  readonly owner: Sql;
  pool(max: number): Sql;
  close(): Promise<void>;
}

/** Clones the template; takes some 40 ms. */
export async function cloneDatabase(templateUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const address = new URL(templateUrl);
  const template = address.pathname.slice(1);
  address.pathname = '/postgres';
  const admin = connect(address.href, { role: 'owner', max: 1, name: 'test admin' });
  await admin.unsafe(`create database ${name} template ${template}`);
  address.pathname = `/${name}`;
  const url = address.href;
  const open: Sql[] = [];
  const pool = (role: 'ovation_app' | 'ovation_projector' | 'owner', max: number): Sql => {
    const sql = connect(url, { role, max, name: 'test' });
    open.push(sql);
    return sql;
  };
  return {
    url,
    app: pool('ovation_app', 4),
    projector: pool('ovation_projector', 4),
    owner: pool('owner', 2),
    pool: (max) => pool('ovation_app', max),
    async close() {
      await Promise.all(open.map((sql) => sql.end({ timeout: 1 })));
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
