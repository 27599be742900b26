/** What a call answers when it goes well: a type of `packages/protocol`, or a list of it. */
export interface Answer {
  readonly status: number;
  /** `null`: the status says it all. */
  readonly type: string | null;
  /** The one field of the answer, where it is a list. */
  readonly list?: string;
}

const one = (type: string, status = 200): Answer => ({ type, status });
const done: Answer = { type: null, status: 204 };
const made = (type: string): Answer => ({ type, status: 201 });
const list = (name: string, type: string): Answer => ({ list: name, type, status: 200 });

/** For routes that say nothing about it themselves. `{}` is any parameter. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  'GET /livez': one('HealthAnswer'),
  'GET /readyz': one('HealthAnswer'),
  'GET /v1/changes': one('ChangesAnswer'),
  'GET /v1/imports': list('imports', 'ImportAnswer'),
  'GET /v1/boards': list('boards', 'BoardAnswer'),
  'POST /v1/boards': made('BoardAnswer'),
  'GET /v1/boards/{}': one('BoardRowsAnswer'),
  'PATCH /v1/boards/{}': one('BoardAnswer'),
  'GET /v1/metrics': list('metrics', 'MetricAnswer'),
  'POST /v1/metrics': made('MetricAnswer'),
  'GET /v1/metrics/{}': one('MetricAnswer'),
  'PATCH /v1/metrics/{}': one('MetricAnswer'),
  'POST /v1/metrics/{}/versions': made('MetricAnswer'),
  'POST /v1/metrics/{}/retire': one('MetricAnswer'),
  'POST /v1/metrics/preview': one('MetricPreview'),
  'GET /v1/fields': list('fields', 'FieldAnswer'),
  'GET /v1/targets': one('TargetsAnswer'),
  'PUT /v1/targets': one('TargetAnswer'),
  'PUT /v1/targets/bulk': one('TargetsSaved'),
  'POST /v1/targets/plan': one('TargetsPlanned'),
  'POST /v1/targets/import': one('TargetsImported'),
  'GET /v1/consequences': list('consequences', 'ConsequenceAnswer'),
  'PUT /v1/consequences': one('ConsequenceAnswer'),
  'GET /v1/targets/changes': list('changes', 'TargetChange'),
  'GET /v1/attainment': one('AttainmentAnswer'),
  'GET /v1/history': one('HistoryAnswer'),
  'GET /v1/history/mix': one('MixAnswer'),
  'GET /v1/history/funnel': one('FunnelAnswer'),
  'GET /v1/history/sources': one('LeadSourcesAnswer'),
  'GET /v1/explain/boards/{}/{}': one('ExplainAnswer'),
  'GET /v1/explain/metrics/{}/{}/{}': one('ExplainAnswer'),
  'GET /v1/explain/targets/{}/{}/{}': one('ExplainTargetAnswer'),
  'GET /v1/achievements': list('achievements', 'AchievementAnswer'),
  'GET /v1/achievements/templates': list('templates', 'AchievementTemplateAnswer'),
  'POST /v1/achievements': made('AchievementAnswer'),
  'PUT /v1/achievements/{}': one('AchievementAnswer'),
  'POST /v1/achievements/preview': one('AchievementPreview'),
  'GET /v1/people/{}/badges': one('PersonBadgesAnswer'),
  'GET /v1/people': list('people', 'PersonAnswer'),
  'GET /v1/people/{}/events': list('events', 'PersonEventAnswer'),
  'GET /v1/teams': list('teams', 'TeamAnswer'),
  'GET /v1/people/{}/memberships': list('memberships', 'MembershipAnswer'),
  'PATCH /v1/people/{}/memberships/{}': list('memberships', 'MembershipAnswer'),
  'GET /v1/unmatched': list('subjects', 'UnmatchedAnswer'),
  'GET /v1/quarantine': list('deliveries', 'QuarantineAnswer'),
  'POST /v1/unmatched/{}/match': one('MatchAnswer'),
  'POST /v1/unmatched/{}/undo': done,
  'POST /v1/unmatched/{}/place': done,
  'POST /v1/unmatched/{}/dismiss': done,
  'POST /v1/quarantine/{}/replay': made('ReceiptAnswer'),
  'POST /v1/quarantine/{}/dismiss': done,
  'GET /v1/sources': list('sources', 'SourceAnswer'),
  'POST /v1/sources': made('SourceAnswer'),
  'PATCH /v1/sources/{}': one('SourceAnswer'),
  'GET /v1/keys': list('keys', 'KeyAnswer'),
  'POST /v1/keys': made('KeyAnswer'),
  'POST /v1/keys/{}/rotate': made('KeyAnswer'),
  'GET /v1/rates': list('rates', 'RateAnswer'),
  'PUT /v1/rates': one('RateAnswer'),
  'GET /v1/organisation': one('OrganisationAnswer'),
  'PATCH /v1/organisation': one('OrganisationAnswer'),
  'GET /v1/audit': list('changes', 'AuditAnswer'),
  'GET /v1/screens': list('screens', 'ScreenAnswer'),
  'POST /v1/sessions': one('SessionAnswer'),
  'POST /v1/sessions/demo': one('SessionAnswer'),
  'POST /v1/setup': one('SessionAnswer'),
  'GET /v1/viewer': one('Viewer'),
};
