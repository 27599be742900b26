import type { Component } from 'svelte';
import { displayName } from '../../format/index.ts';
import ContestSlide from '../contest/ContestSlide.svelte';
import type { SlideId } from '../slide-id.ts';
import type { Wall } from '../wall.svelte.ts';
import GoalSlide from './GoalSlide.svelte';
import LeaderboardSlide from './LeaderboardSlide.svelte';
import TeamsSlide from './TeamsSlide.svelte';

/** What every slide is given: which of several things it shows, where there are several. */
export interface SlideProps {
  readonly item: string | null;
}

export interface Slide {
  readonly id: SlideId;
  readonly dwellMs: number;
  readonly component: Component<SlideProps>;
  readonly title: (wall: Wall, item: string | null) => string;
  /** What it shows, one turn each; nothing when there is not enough. `null`: itself. */
  readonly items: (wall: Wall) => readonly (string | null)[];
}

/** One turn of the rotation. */
export interface Turn {
  /** Names the turn: the slide, and what it shows. */
  readonly id: string;
  readonly slide: Slide;
  readonly item: string | null;
  readonly dwellMs: number;
}

/** A slide that shows one thing only needs not be told which. */
const plain = (component: Component) => component as unknown as Component<SlideProps>;

/** A race needs two. */
const TEAMS_MIN = 2;
const itself = (shows: boolean): readonly null[] => (shows ? [null] : []);

/** A new slide is a component and a line here. */
export const SLIDES: readonly Slide[] = [
  {
    id: 'leaderboard',
    dwellMs: 20_000,
    component: plain(LeaderboardSlide),
    title: (wall) => wall.i18n.t('topSellers'),
    items: () => itself(true),
  },
  {
    id: 'goal',
    dwellMs: 15_000,
    component: plain(GoalSlide),
    title: (wall) => wall.i18n.t('companyGoal'),
    items: (wall) => itself(wall.people.view !== null),
  },
  {
    id: 'contest',
    dwellMs: 20_000,
    component: ContestSlide,
    title(wall, item) {
      const card = item === null ? undefined : wall.contests.card(item);
      return card ? displayName(card, wall.i18n.language) : '';
    },
    items: (wall) => wall.contests.shown.map((card) => card.id),
  },
  {
    id: 'teams',
    dwellMs: 15_000,
    component: plain(TeamsSlide),
    title: (wall) => wall.i18n.t('teamRace'),
    items: (wall) => itself((wall.teams.view?.totals.count ?? 0) >= TEAMS_MIN),
  },
];

/** The turns that a wall takes by now, in order. */
export const turnsOf = (wall: Wall): Turn[] =>
  SLIDES.flatMap((slide) =>
    slide.items(wall).map((item) => ({
      id: item === null ? slide.id : `${slide.id}:${item}`,
      slide,
      item,
      dwellMs: slide.dwellMs,
    })),
  );
