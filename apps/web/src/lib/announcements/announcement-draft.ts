import type { Instant } from '@ovation/domain';
import type { PostAnnouncement } from '@ovation/protocol';

export const SPANS = ['15', '60', '480', '1440', 'own'] as const;
export type Span = (typeof SPANS)[number];

/** An announcement as a form holds it. */
export interface AnnouncementDraft {
  text: string;
  /** The same in the other language. */
  other: string;
  level: 'info' | 'important';
  /** ISO instant; empty for now. */
  at: string;
  span: Span;
  /** ISO instant, where the span is one's own. */
  until: string;
  screens: 'all' | 'none' | 'some';
  screenIds: string[];
  people: 'all' | 'none' | 'teams';
  teamIds: string[];
}

export const emptyDraft = (): AnnouncementDraft => ({
  text: '',
  other: '',
  level: 'info',
  at: '',
  span: '60',
  until: '',
  screens: 'all',
  screenIds: [],
  people: 'all',
  teamIds: [],
});

const MINUTE_MS = 60_000;

export type DraftFault = 'text' | 'until' | 'audience';

/** What is missing before it can be sent. */
export function faultsOf(draft: AnnouncementDraft): DraftFault[] {
  const noScreen =
    draft.screens === 'none' || (draft.screens === 'some' && draft.screenIds.length === 0);
  const noPerson =
    draft.people === 'none' || (draft.people === 'teams' && draft.teamIds.length === 0);
  return [
    ...(draft.text.trim() === '' ? (['text'] as const) : []),
    ...(draft.span === 'own' && draft.until === '' ? (['until'] as const) : []),
    ...(noScreen && noPerson ? (['audience'] as const) : []),
  ];
}

/** What is sent; `otherLanguage` is the one that the text is not written in. */
export function bodyOf(
  draft: AnnouncementDraft,
  now: Instant,
  otherLanguage: string,
): PostAnnouncement {
  const from = draft.at === '' ? now : Date.parse(draft.at);
  const until =
    draft.span === 'own'
      ? draft.until
      : new Date(from + Number(draft.span) * MINUTE_MS).toISOString();
  const other = draft.other.trim();
  return {
    text: draft.text.trim(),
    ...(other === '' ? {} : { texts: { [otherLanguage]: other } }),
    level: draft.level,
    ...(draft.at === '' ? {} : { at: draft.at }),
    until,
    screens: draft.screens === 'all' ? null : draft.screens === 'none' ? [] : draft.screenIds,
    ...(draft.people === 'all'
      ? { teams: null, people: null }
      : { teams: draft.people === 'teams' ? draft.teamIds : [], people: [] }),
  };
}
