import type { CorrectionChange, CountedAnswer } from '@ovation/protocol';
import { latinDigits } from '../format/number.ts';
import { typedNumber } from '../desk/typed-number.ts';

export type ChangeKind = CorrectionChange['kind'];

/** A correction as a form holds it; what is typed stays text. */
export interface ChangeDraft {
  kind: ChangeKind;
  amount: string;
  /** Of somebody else, or of who shares it. */
  person: string;
  /** Percent of the one who shares it. */
  share: string;
}

/** Whole percent from 1 to 99 as typed; `null` for anything else. */
export function shareOf(text: string): number | null {
  const plain = latinDigits(text.trim()).replace(/[%٪\s]/g, '');
  return /^[1-9]\d?$/.test(plain) ? Number(plain) : null;
}

/** The change that a draft says; `null` while something is missing. */
export function changeOf(
  draft: ChangeDraft,
  now: CountedAnswer,
  currency: string,
): CorrectionChange | null {
  switch (draft.kind) {
    case 'amend': {
      const amount = typedNumber(draft.amount);
      if (amount === null || amount === '' || amount.startsWith('-')) return null;
      return { kind: 'amend', amount: { amount, currency: now.amount?.currency ?? currency } };
    }
    case 'reassign':
      return draft.person === '' ? null : { kind: 'reassign', person: draft.person };
    case 'split':
      return split(draft, now);
    case 'withdraw':
      return { kind: 'withdraw' };
  }
}

function split({ person, share }: ChangeDraft, now: CountedAnswer): CorrectionChange | null {
  const percent = shareOf(share);
  const owner = now.credits[0]?.person.id;
  if (percent === null || person === '' || owner === undefined || owner === person) return null;
  const part = (whole: number) => `${whole}/100`;
  return {
    kind: 'split',
    credits: [
      { person: owner, share: part(100 - percent) },
      { person, share: part(percent) },
    ],
  };
}
