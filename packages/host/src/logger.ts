import { pino, type Logger as Pino } from 'pino';

export type Logger = Pino;

/** Structured logs on standard error, so that standard output stays for people. */
export function createLogger(name: string, level: string): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      redact: {
        paths: [
          'password',
          '*.password',
          'key',
          '*.key',
          'token',
          '*.token',
          'req.headers.authorization',
          'req.headers.cookie',
        ],
        censor: '[redacted]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
