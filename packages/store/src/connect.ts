import { connect as connectTcp } from 'node:net';
import postgres from 'postgres';

export type Sql = postgres.Sql<{ bigint: bigint }>;
export type Tx = postgres.TransactionSql<{ bigint: bigint }>;

export interface ConnectOptions {
  /** Which of the two roles without ownership to act as; `owner` is for migrations only. */
  readonly role: 'ovation_app' | 'ovation_projector' | 'owner';
  /** Connections at most. */
  readonly max: number;
  readonly name: string;
}

const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

/**
 * One configured client. Columns arrive in camelCase (keys inside JSON are left alone), bigint as
 * `bigint`. The socket is ours because the driver leaves Nagle's algorithm on.
 */
export function connect(url: string, { role, max, name }: ConnectOptions): Sql {
  return postgres(url, {
    max,
    onnotice: () => undefined,
    transform: { column: { from: postgres.toCamel } },
    types: { bigint: postgres.BigInt },
    connection: {
      application_name: name,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      ...(role === 'owner' ? {} : { role }),
    },
    ...({ socket: eagerSocket } as object),
  }) as Sql;
}

/** The driver resolves host and port lists; we only open the connection without delay. */
function eagerSocket(options: { host: string[]; port: number[] }) {
  const socket = connectTcp({ host: options.host[0]!, port: options.port[0]!, noDelay: true });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Runs `work` in a transaction that can see and write one organisation only. */
export function inOrg<T>(sql: Sql, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return sql.begin(async (tx) => {
    await tx`select set_config('app.org', ${orgId}, true)`;
    return work(tx);
  }) as Promise<T>;
}

/** Runs `work` in a transaction that can see the rows that carry this secret's hash. */
export function withCredential<T>(
  sql: Sql,
  credential: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return sql.begin(async (tx) => {
    await tx`select set_config('app.credential', ${credential}, true)`;
    return work(tx);
  }) as Promise<T>;
}
