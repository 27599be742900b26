import type { AchievementDefinition } from './definition.ts';

/** A badge to begin with: everything but an id. */
export interface AchievementTemplate {
  readonly key: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly definition: Omit<AchievementDefinition, 'id'>;
}

const steps = (...some: (readonly [at: string, points: number])[]) =>
  some.map(([at, points], index) => ({
    level: some.length === 1 ? ('plain' as const) : (['bronze', 'silver', 'gold'] as const)[index]!,
    at,
    points,
  }));

/** A starter set. Sums of money are not in it: what is much differs from house to house. */
export const ACHIEVEMENT_TEMPLATES: readonly AchievementTemplate[] = [
  {
    key: 'first-deal',
    name: 'First deal',
    names: { fa: 'نخستین فروش' },
    description: 'The very first deal that somebody wins.',
    descriptions: { fa: 'نخستین فروشی که هر کس به ثمر می‌رساند.' },
    definition: {
      icon: 'star',
      rules: { kind: 'first', of: 'own', metric: 'deals', window: 'all' },
      steps: steps(['1', 50]),
      repeat: 'once',
    },
  },
  {
    key: 'deals-month',
    name: 'Closer of the month',
    names: { fa: 'فروشندهٔ پرکار ماه' },
    description: 'Many deals won in one month.',
    descriptions: { fa: 'فروش‌های بسیار در یک ماه.' },
    definition: {
      icon: 'trophy',
      rules: { kind: 'sum', metric: 'deals', window: 'month' },
      steps: steps(['5', 20], ['10', 40], ['20', 80]),
      repeat: 'window',
    },
  },
  {
    key: 'record-month',
    name: 'Personal best',
    names: { fa: 'رکورد شخصی' },
    description: 'More revenue in a month than in any of one’s own months before.',
    descriptions: { fa: 'درآمد یک ماه، بیش از همهٔ ماه‌های پیشین خود فرد.' },
    definition: {
      icon: 'rocket',
      rules: { kind: 'record', metric: 'revenue', window: 'month', after: 3 },
      steps: steps(['1', 60]),
      repeat: 'window',
    },
  },
  {
    key: 'streak-activity',
    name: 'On a roll',
    names: { fa: 'پیوسته و پیگیر' },
    description: 'Working days in a row with at least one activity; one missed day is forgiven.',
    descriptions: { fa: 'روزهای کاری پیاپی با دست‌کم یک فعالیت؛ یک روز جاافتاده بخشیده می‌شود.' },
    definition: {
      icon: 'flame',
      rules: { kind: 'streak', metric: 'activities', daily: '1', freeze: 1 },
      steps: steps(['5', 10], ['10', 25], ['20', 60]),
      repeat: 'window',
    },
  },
  {
    key: 'target-month',
    name: 'Target reached',
    names: { fa: 'رسیدن به هدف' },
    description: 'The own monthly target of revenue reached, and well beyond.',
    descriptions: { fa: 'رسیدن به هدف درآمد ماهانهٔ خود و گذشتن از آن.' },
    definition: {
      icon: 'target',
      rules: { kind: 'target', metric: 'revenue', window: 'month' },
      steps: steps(['100', 50], ['120', 80], ['150', 120]),
      repeat: 'window',
    },
  },
  {
    key: 'early-bird',
    name: 'Early bird',
    names: { fa: 'سحرخیز' },
    description: 'Activities before nine in the morning, in one week.',
    descriptions: { fa: 'فعالیت پیش از ساعت ۹ صبح، در یک هفته.' },
    definition: {
      icon: 'sunrise',
      rules: {
        kind: 'time',
        metric: 'activities',
        window: 'week',
        hours: { from: 0, to: 9 * 60 },
      },
      steps: steps(['3', 15]),
      repeat: 'window',
    },
  },
  {
    key: 'first-of-day',
    name: 'Opener',
    names: { fa: 'آغازگر روز' },
    description: 'The first deal of the day, of everybody.',
    descriptions: { fa: 'نخستین فروش روز در میان همه.' },
    definition: {
      icon: 'bolt',
      rules: { kind: 'first', of: 'everybody', metric: 'deals', window: 'day' },
      steps: steps(['1', 5]),
      repeat: 'window',
    },
  },
  {
    key: 'team-deals',
    name: 'Together',
    names: { fa: 'همه با هم' },
    description: 'Deals that a team won together in one month; for all who won one.',
    descriptions: { fa: 'فروش‌های یک تیم با هم در یک ماه؛ برای هر کس که سهمی در آن دارد.' },
    definition: {
      icon: 'people',
      rules: { kind: 'team', metric: 'deals', window: 'month' },
      steps: steps(['25', 20], ['50', 40], ['100', 80]),
      repeat: 'window',
    },
  },
];
