import type { auditEn } from '$lib/i18n/desk.audit.en.ts';
import type { organisationEn } from '$lib/i18n/desk.organisation.en.ts';
import type { sourcesEn } from '$lib/i18n/desk.sources.en.ts';
import { SCOPES } from '../sources/key-state.ts';

type Label = keyof typeof auditEn & (`type${string}` | `field${string}`);

/** What each kind of settings event is called. */
export const TYPE_LABELS: Readonly<Record<string, Label>> = {
  'organisation.changed': 'typeOrganisationChanged',
  'entry.decided': 'typeEntryDecided',
  'correction.decided': 'typeCorrectionDecided',
  'announcement.changed': 'typeAnnouncementChanged',
  'note.changed': 'typeNoteChanged',
  'plan.changed': 'typePlanChanged',
  'plan.versioned': 'typePlanVersioned',
  'plan.assigned': 'typePlanAssigned',
  'pay.rules': 'typePayRules',
  'pay.period': 'typePayPeriod',
  'pay.adjusted': 'typePayAdjusted',
  'pay.held': 'typePayHeld',
  'statement.changed': 'typeStatementChanged',
  'dispute.decided': 'typeDisputeDecided',
  'payout.changed': 'typePayoutChanged',
  'celebration.asked': 'typeCelebrationAsked',
  'team.changed': 'typeTeamChanged',
  'person.changed': 'typePersonChanged',
  'person.matched': 'typePersonMatched',
  'subject.placed': 'typeSubjectPlaced',
  'target.set': 'typeTargetSet',
  'metric.published': 'typeMetricPublished',
  'metric.retired': 'typeMetricRetired',
  'board.saved': 'typeBoardSaved',
  'board.removed': 'typeBoardRemoved',
  'consequence.set': 'typeConsequenceSet',
  'rate.set': 'typeRateSet',
  'source.changed': 'typeSourceChanged',
  'key.changed': 'typeKeyChanged',
  'screen.changed': 'typeScreenChanged',
  'user.changed': 'typeUserChanged',
  'delivery.settled': 'typeDeliverySettled',
  'subject.dismissed': 'typeSubjectDismissed',
  'metric.named': 'typeMetricNamed',
  'board.named': 'typeBoardNamed',
  'achievement.saved': 'typeAchievementSaved',
  'achievement.removed': 'typeAchievementRemoved',
  'achievement.named': 'typeAchievementNamed',
  'reward.saved': 'typeRewardSaved',
  'redemption.settled': 'typeRedemptionSettled',
  'play.rules': 'typePlayRules',
  'budget.set': 'typeBudgetSet',
  'points.granted': 'typePointsGranted',
  'kudos.categories': 'typeKudosCategories',
  'feed.moderated': 'typeFeedModerated',
};

const FIELD_LABELS: Readonly<Record<string, Label>> = {
  name: 'fieldName',
  names: 'fieldName',
  points: 'fieldPoints',
  price: 'fieldPrice',
  costMinor: 'fieldCost',
  stock: 'fieldStock',
  perPerson: 'fieldPerPerson',
  state: 'fieldState',
  secondFactor: 'fieldSecondFactor',
  hidden: 'fieldHidden',
  steps: 'fieldSteps',
  rules: 'fieldRules',
  repeat: 'fieldRepeat',
  icon: 'fieldIcon',
  email: 'fieldEmail',
  team: 'fieldTeam',
  manager: 'fieldManager',
  since: 'fieldSince',
  active: 'fieldActive',
  startedOn: 'fieldStarted',
  parent: 'fieldParent',
  person: 'fieldPerson',
  metric: 'fieldMetric',
  period: 'fieldPeriod',
  window: 'fieldWindow',
  scope: 'fieldScope',
  entity: 'fieldEntity',
  value: 'fieldValue',
  rate: 'fieldRate',
  from: 'fieldFrom',
  currency: 'fieldCurrency',
  moneyUnit: 'fieldMoneyUnit',
  paused: 'fieldPaused',
  pausedAt: 'fieldPaused',
  scopes: 'fieldScopes',
  source: 'fieldSource',
  expiresAt: 'fieldExpires',
  revokedAt: 'fieldRevoked',
  rotatedTo: 'fieldRotated',
  outcome: 'fieldOutcome',
  text: 'fieldText',
  texts: 'fieldText',
  atPercent: 'fieldAtPercent',
  retired: 'fieldRetired',
  timeZone: 'fieldTimeZone',
  calendar: 'fieldCalendar',
  weekStart: 'fieldWeekStart',
  fiscalStart: 'fieldFiscalStart',
  workdays: 'fieldWorkdays',
  workHours: 'fieldWorkHours',
  holidays: 'fieldHolidays',
  language: 'fieldLanguage',
  takeoverFrom: 'fieldTakeover',
  closing: 'fieldClosing',
  graceDays: 'fieldGraceDays',
  late: 'fieldLate',
  role: 'fieldRole',
  aliases: 'fieldAliases',
  description: 'fieldDescription',
  fields: 'fieldFields',
  dismissed: 'fieldDismissed',
  event: 'fieldEvent',
};
/** Names that only hold others and say nothing themselves. */
const WRAPPERS = new Set(['settings', 'now', 'target']);

/** The known names of a path in order, and what of it has no name of its own. */
export function pathLabels(
  path: string,
): { readonly label: Label | null; readonly text: string }[] {
  return path
    .split('.')
    .filter((name) => name !== '' && !WRAPPERS.has(name))
    .map((name) => ({ label: FIELD_LABELS[name] ?? null, text: name }));
}

type Word =
  | keyof typeof auditEn
  | keyof typeof sourcesEn
  | Extract<keyof typeof organisationEn, `late${string}` | 'gregorian' | 'jalali'>;
type Plain = Exclude<Word, 'audSubject' | 'audOnlyThis' | 'audMore' | 'audShown'>;

/** Values that are words of the settings, by the name under which they stand. */
const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, Plain>>>> = {
  late: { accept: 'lateAccept', refuse: 'lateRefuse', open_period: 'lateOpen' },
  calendar: { gregorian: 'gregorian', jalali: 'jalali' },
  outcome: { replayed: 'outcomeReplayed', dismissed: 'outcomeDismissed' },
  scope: { person: 'fieldPerson', team: 'fieldTeam', organisation: 'typeOrganisationChanged' },
  scopes: Object.fromEntries(SCOPES.map(({ scope, key }) => [scope, key])),
  fields: FIELD_LABELS,
};

/** The message for a value of the settings' own vocabulary. */
export const valueWord = (path: string, value: string): Plain | undefined =>
  VALUE_WORDS[path.split('.').findLast((name) => name in VALUE_WORDS) ?? '']?.[value];
