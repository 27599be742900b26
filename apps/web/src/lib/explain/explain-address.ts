import type { MetricId, PeriodKind, TargetScope } from '@ovation/domain';

/** Which number is asked about; `at` and `known` are ISO instants. */
export type ExplainAddress = (
  | { readonly kind: 'board'; readonly board: string; readonly entity: string }
  | {
      readonly kind: 'metric';
      readonly metric: MetricId;
      readonly scope: TargetScope;
      readonly entity: string;
      readonly period: PeriodKind;
    }
) & { readonly at?: string; readonly known?: string };

/** The organisation has no id of its own in an address. */
export const WHOLE = 'all';
const MARK = 'explain=';
const SCOPES: readonly string[] = ['person', 'team', 'organisation'];

/** Where the API explains it. */
export function apiPath(address: ExplainAddress): string {
  const query = queryOf(address);
  return `/v1/explain/${pathOf(address)}${query ? `?${query}` : ''}`;
}

/** The same for the address bar, so that it can be shared: `#explain=boards/…`. */
export function hashOf(address: ExplainAddress): string {
  const query = queryOf(address);
  return `#${MARK}${pathOf(address)}${query ? `?${query}` : ''}`;
}

function pathOf(address: ExplainAddress): string {
  const steps =
    address.kind === 'board'
      ? ['boards', address.board, address.entity]
      : ['metrics', address.metric, address.scope, address.entity];
  return steps.map(encodeURIComponent).join('/');
}

function queryOf(address: ExplainAddress): string {
  const query = new URLSearchParams();
  if (address.kind === 'metric') query.set('period', address.period);
  if (address.at) query.set('at', address.at);
  if (address.known) query.set('known', address.known);
  return query.toString();
}

/** What a hash asks for; `null` for every other hash. */
export function fromHash(hash: string): ExplainAddress | null {
  if (!hash.startsWith(`#${MARK}`)) return null;
  const [path = '', search = ''] = hash.slice(MARK.length + 1).split('?');
  const [kind, first, ...rest] = path.split('/').map(decoded);
  const query = new URLSearchParams(search);
  const then = {
    ...(query.get('at') ? { at: query.get('at')! } : {}),
    ...(query.get('known') ? { known: query.get('known')! } : {}),
  };
  if (!first) return null;
  if (kind === 'boards' && rest[0])
    return { kind: 'board', board: first, entity: rest[0], ...then };
  const [scope, entity] = rest;
  if (kind !== 'metrics' || !entity || !SCOPES.includes(scope ?? '')) return null;
  const period = (query.get('period') ?? 'month') as PeriodKind;
  return { kind: 'metric', metric: first, scope: scope as TargetScope, entity, period, ...then };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
