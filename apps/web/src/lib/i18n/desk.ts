import { createTranslator, type Translator } from './catalogue.ts';
import { auditEn } from './desk.audit.en.ts';
import { auditFa } from './desk.audit.fa.ts';
import { commonEn } from './common.en.ts';
import { commonFa } from './common.fa.ts';
import { contestDeskEn } from './desk.contest-desk.en.ts';
import { contestDeskFa } from './desk.contest-desk.fa.ts';
import { contestsEn } from './desk.contests.en.ts';
import { contestsFa } from './desk.contests.fa.ts';
import { badgesEn } from './desk.badges.en.ts';
import { badgesFa } from './desk.badges.fa.ts';
import { factorEn } from './desk.factor.en.ts';
import { factorFa } from './desk.factor.fa.ts';
import { feedEn } from './desk.feed.en.ts';
import { feedFa } from './desk.feed.fa.ts';
import { rewardsEn } from './desk.rewards.en.ts';
import { rewardsFa } from './desk.rewards.fa.ts';
import { doorEn } from './desk.door.en.ts';
import { doorFa } from './desk.door.fa.ts';
import { deskEn } from './desk.en.ts';
import { deskFa } from './desk.fa.ts';
import { floorEn } from './desk.floor.en.ts';
import { floorFa } from './desk.floor.fa.ts';
import { faultsEn } from './desk.faults.en.ts';
import { faultsFa } from './desk.faults.fa.ts';
import { manageEn } from './desk.manage.en.ts';
import { manageFa } from './desk.manage.fa.ts';
import { navEn } from './desk.nav.en.ts';
import { navFa } from './desk.nav.fa.ts';
import { numbersEn, numbersFa } from './desk.numbers.ts';
import { organisationEn } from './desk.organisation.en.ts';
import { organisationFa } from './desk.organisation.fa.ts';
import { payEn } from './desk.pay.en.ts';
import { payFa } from './desk.pay.fa.ts';
import { payCasesEn } from './desk.pay-cases.en.ts';
import { payCasesFa } from './desk.pay-cases.fa.ts';
import { payDeskEn } from './desk.pay-desk.en.ts';
import { payDeskFa } from './desk.pay-desk.fa.ts';
import { plansEn } from './desk.plans.en.ts';
import { plansFa } from './desk.plans.fa.ts';
import { planBuilderEn } from './desk.plan-builder.en.ts';
import { planBuilderFa } from './desk.plan-builder.fa.ts';
import { peopleEn } from './desk.people.en.ts';
import { peopleFa } from './desk.people.fa.ts';
import { whatIfEn } from './desk.what-if.en.ts';
import { whatIfFa } from './desk.what-if.fa.ts';
import { sourcesEn } from './desk.sources.en.ts';
import { sourcesFa } from './desk.sources.fa.ts';
import { workEn } from './desk.work.en.ts';
import { workFa } from './desk.work.fa.ts';
import { saidWorkEn } from './faults.work.en.ts';
import { saidWorkFa } from './faults.work.fa.ts';
import { saidEventsEn } from './faults.events.en.ts';
import { saidEventsFa } from './faults.events.fa.ts';
import { saidFiguresEn } from './faults.figures.en.ts';
import { saidFiguresFa } from './faults.figures.fa.ts';
import { saidImportsEn } from './faults.imports.en.ts';
import { saidImportsFa } from './faults.imports.fa.ts';
import { saidContestsEn } from './faults.contests.en.ts';
import { saidContestsFa } from './faults.contests.fa.ts';
import { saidPayEn } from './faults.pay.en.ts';
import { saidPayFa } from './faults.pay.fa.ts';
import { saidPayDeskEn } from './faults.pay-desk.en.ts';
import { saidPayDeskFa } from './faults.pay-desk.fa.ts';
import { saidPlayEn } from './faults.play.en.ts';
import { saidPlayFa } from './faults.play.fa.ts';
import { saidShapeEn } from './faults.shape.en.ts';
import { saidShapeFa } from './faults.shape.fa.ts';
import { saidStaffEn } from './faults.staff.en.ts';
import { saidStaffFa } from './faults.staff.fa.ts';
import { faultWordsEn } from './faults.words.en.ts';
import { faultWordsFa } from './faults.words.fa.ts';
import { wizardEn } from './desk.wizard.en.ts';
import { wizardFa } from './desk.wizard.fa.ts';
import type { Language } from './language.ts';

const en = {
  ...commonEn,
  ...deskEn,
  ...manageEn,
  ...navEn,
  ...doorEn,
  ...faultsEn,
  ...faultWordsEn,
  ...saidShapeEn,
  ...saidEventsEn,
  ...saidImportsEn,
  ...saidStaffEn,
  ...saidFiguresEn,
  ...saidPayEn,
  ...saidPayDeskEn,
  ...saidPlayEn,
  ...saidContestsEn,
  ...saidWorkEn,
  ...floorEn,
  ...workEn,
  ...sourcesEn,
  ...auditEn,
  ...organisationEn,
  ...peopleEn,
  ...numbersEn,
  ...contestsEn,
  ...contestDeskEn,
  ...wizardEn,
  ...feedEn,
  ...badgesEn,
  ...rewardsEn,
  ...payEn,
  ...payDeskEn,
  ...payCasesEn,
  ...factorEn,
  ...plansEn,
  ...planBuilderEn,
  ...whatIfEn,
};
const fa = {
  ...commonFa,
  ...deskFa,
  ...manageFa,
  ...navFa,
  ...doorFa,
  ...faultsFa,
  ...faultWordsFa,
  ...saidShapeFa,
  ...saidEventsFa,
  ...saidImportsFa,
  ...saidStaffFa,
  ...saidFiguresFa,
  ...saidPayFa,
  ...saidPayDeskFa,
  ...saidPlayFa,
  ...saidContestsFa,
  ...saidWorkFa,
  ...floorFa,
  ...workFa,
  ...sourcesFa,
  ...auditFa,
  ...organisationFa,
  ...peopleFa,
  ...numbersFa,
  ...contestsFa,
  ...contestDeskFa,
  ...wizardFa,
  ...feedFa,
  ...badgesFa,
  ...rewardsFa,
  ...payFa,
  ...payDeskFa,
  ...payCasesFa,
  ...factorFa,
  ...plansFa,
  ...planBuilderFa,
  ...whatIfFa,
};

export type DeskTranslator = Translator<typeof en>;

const made = new Map<Language, DeskTranslator>();

/** The words of phone and desk; one translator per language is enough for everybody. */
export function deskTranslator(language: Language): DeskTranslator {
  const known = made.get(language) ?? createTranslator(language, { en, fa });
  made.set(language, known);
  return known;
}
