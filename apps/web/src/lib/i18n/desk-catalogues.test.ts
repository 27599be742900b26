import { describe, expect, it } from 'vitest';
import type { Catalogue, Message } from './catalogue.ts';
import { auditEn } from './desk.audit.en.ts';
import { auditFa } from './desk.audit.fa.ts';
import { badgesEn } from './desk.badges.en.ts';
import { badgesFa } from './desk.badges.fa.ts';
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
import { workEn } from './desk.work.en.ts';
import { workFa } from './desk.work.fa.ts';
import { saidWorkEn } from './faults.work.en.ts';
import { saidWorkFa } from './faults.work.fa.ts';
import { faultsEn } from './desk.faults.en.ts';
import { faultsFa } from './desk.faults.fa.ts';
import { manageEn } from './desk.manage.en.ts';
import { manageFa } from './desk.manage.fa.ts';
import { navEn } from './desk.nav.en.ts';
import { navFa } from './desk.nav.fa.ts';
import { numbersEn, numbersFa } from './desk.numbers.ts';
import { organisationEn } from './desk.organisation.en.ts';
import { organisationFa } from './desk.organisation.fa.ts';
import { peopleEn } from './desk.people.en.ts';
import { peopleFa } from './desk.people.fa.ts';
import { sourcesEn } from './desk.sources.en.ts';
import { sourcesFa } from './desk.sources.fa.ts';
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
import { saidPlayEn } from './faults.play.en.ts';
import { saidPlayFa } from './faults.play.fa.ts';
import { saidShapeEn } from './faults.shape.en.ts';
import { saidShapeFa } from './faults.shape.fa.ts';
import { saidStaffEn } from './faults.staff.en.ts';
import { saidStaffFa } from './faults.staff.fa.ts';
import { faultWordsEn } from './faults.words.en.ts';
import { faultWordsFa } from './faults.words.fa.ts';

const PAIRS: readonly [string, Catalogue, Catalogue][] = [
  ['desk', deskEn, deskFa],
  ['manage', manageEn, manageFa],
  ['nav', navEn, navFa],
  ['door', doorEn, doorFa],
  ['sources', sourcesEn, sourcesFa],
  ['audit', auditEn, auditFa],
  ['organisation', organisationEn, organisationFa],
  ['people', peopleEn, peopleFa],
  ['faults', faultsEn, faultsFa],
  ['fault words', faultWordsEn, faultWordsFa],
  ['said shape', saidShapeEn, saidShapeFa],
  ['said events', saidEventsEn, saidEventsFa],
  ['said imports', saidImportsEn, saidImportsFa],
  ['said staff', saidStaffEn, saidStaffFa],
  ['said figures', saidFiguresEn, saidFiguresFa],
  ['said pay', saidPayEn, saidPayFa],
  ['said play', saidPlayEn, saidPlayFa],
  ['said contests', saidContestsEn, saidContestsFa],
  ['feed', feedEn, feedFa],
  ['badges', badgesEn, badgesFa],
  ['rewards', rewardsEn, rewardsFa],
  ['said work', saidWorkEn, saidWorkFa],
  ['floor', floorEn, floorFa],
  ['work', workEn, workFa],
  ['numbers', numbersEn, numbersFa],
];
const formsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : [message.one, message.other];
const namesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the catalogues of the desk', () => {
  it.each(PAIRS)('%s: each translation uses the placeholders of its source', (_, en, fa) => {
    for (const [key, message] of Object.entries(en)) {
      const expected = namesIn(formsOf(message).at(-1) ?? '');
      for (const form of formsOf(fa[key] ?? '')) {
        expect([key, namesIn(form)]).toEqual([key, expected]);
      }
    }
  });

  it('share no key: one would silently replace the other', () => {
    const keys = PAIRS.flatMap(([, en]) => Object.keys(en));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
