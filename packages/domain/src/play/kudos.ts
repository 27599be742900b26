import type { BadgeIcon } from '../achievement/definition.ts';

/** What kudos may be for. */
export interface KudosCategory {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly icon: BadgeIcon;
}

/** Where an organisation begins; it may have others. */
export const KUDOS_CATEGORIES: readonly KudosCategory[] = [
  { id: 'teamwork', name: 'Teamwork', names: { fa: 'کار تیمی' }, icon: 'people' },
  { id: 'help', name: 'A helping hand', names: { fa: 'یاری‌رسانی' }, icon: 'handshake' },
  { id: 'customer', name: 'Care for a customer', names: { fa: 'مشتری‌مداری' }, icon: 'star' },
  { id: 'idea', name: 'A good idea', names: { fa: 'ایدهٔ خوب' }, icon: 'bolt' },
  {
    id: 'learning',
    name: 'Learning and teaching',
    names: { fa: 'آموختن و آموزاندن' },
    icon: 'gem',
  },
  { id: 'perseverance', name: 'Never giving up', names: { fa: 'پشتکار' }, icon: 'flame' },
];
