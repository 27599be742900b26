export interface DemoNames {
  readonly en: string;
  readonly fa: string;
}

export interface DemoTeam {
  readonly slug: string;
  readonly names: DemoNames;
}

export interface DemoPerson {
  /** What events credit; on a domain that can never receive mail. */
  readonly email: string;
  readonly names: DemoNames;
  /** Slug of the team. */
  readonly team: string;
  /** 1 is the average of the floor. */
  readonly skill: number;
  /** Share of the season that had gone by when a new colleague began. */
  readonly joined?: number;
}

/** Named after mountains, so that no team sounds better than another. */
export const DEMO_TEAMS: readonly DemoTeam[] = [
  { slug: 'damavand', names: { en: 'Damavand', fa: 'دماوند' } },
  { slug: 'alborz', names: { en: 'Alborz', fa: 'البرز' } },
  { slug: 'zagros', names: { en: 'Zagros', fa: 'زاگرس' } },
  { slug: 'sahand', names: { en: 'Sahand', fa: 'سهند' } },
];

type Row = readonly [en: string, fa: string, skill: number, joined?: number];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  damavand: [
    ['Shirin Ahmadi', 'شیرین احمدی', 1.45],
    ['Daniel Okafor', 'دنیل اوکافور', 1.1],
    ['Kaveh Rostami', 'کاوه رستمی', 0.95],
    ['Lena Fischer', 'لنا فیشر', 1.0],
    ['Mahsa Karimi', 'مهسا کریمی', 0.8],
    ['Tom Hughes', 'تام هیوز', 0.85, 0.55],
  ],
  alborz: [
    ['Arash Moradi', 'آرش مرادی', 1.3],
    ['Sofia Rossi', 'سوفیا روسی', 1.2],
    ['Neda Jafari', 'ندا جعفری', 1.0],
    ['Yuki Tanaka', 'یوکی تاناکا', 0.9],
    ['Omid Sharifi', 'امید شریفی', 0.75],
    ['Claire Dubois', 'کلر دوبوآ', 1.05],
  ],
  zagros: [
    ['Parisa Ebrahimi', 'پریسا ابراهیمی', 1.35],
    ['Mateo García', 'ماتئو گارسیا', 1.0],
    ['Babak Hosseini', 'بابک حسینی', 1.05],
    ['Ingrid Larsen', 'اینگرید لارسن', 0.9],
    ['Reza Mohammadi', 'رضا محمدی', 0.85],
    ['Amina Diallo', 'آمنه دیالو', 0.95, 0.3],
  ],
  sahand: [
    ['Nasrin Tavakoli', 'نسرین توکلی', 1.15],
    ['James Whitfield', 'جیمز ویتفیلد', 1.25],
    ['Siavash Nouri', 'سیاوش نوری', 1.0],
    ['Priya Sharma', 'پریا شارما', 1.1],
    ['Leila Azizi', 'لیلا عزیزی', 0.9],
    ['Pouya Sadeghi', 'پویا صادقی', 0.8, 0.78],
  ],
};

const emailOf = (name: string): string =>
  `${name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')}@demo.example`;

/** The 24 people of the demo, six to a team. */
export const DEMO_PEOPLE: readonly DemoPerson[] = DEMO_TEAMS.flatMap(({ slug }) =>
  (ROWS[slug] ?? []).map(([en, fa, skill, joined]) => ({
    email: emailOf(en),
    names: { en, fa },
    team: slug,
    skill,
    ...(joined !== undefined && { joined }),
  })),
);
