import type { Component } from 'svelte';
import type { SlideId } from '../slide-id.ts';
import type { Wall } from '../wall.svelte.ts';
import GoalSlide from './GoalSlide.svelte';
import LeaderboardSlide from './LeaderboardSlide.svelte';
import TeamsSlide from './TeamsSlide.svelte';

export interface Slide {
  readonly id: SlideId;
  readonly dwellMs: number;
  readonly component: Component;
  readonly title: 'topSellers' | 'companyGoal' | 'teamRace';
  /** Whether it has enough to show. */
  readonly shows: (wall: Wall) => boolean;
}

/** A race needs two. */
const TEAMS_MIN = 2;

/** A new slide is a component and a line here. */
export const SLIDES: readonly Slide[] = [
  {
    id: 'leaderboard',
    dwellMs: 20_000,
    component: LeaderboardSlide,
    title: 'topSellers',
    shows: () => true,
  },
  {
    id: 'goal',
    dwellMs: 15_000,
    component: GoalSlide,
    title: 'companyGoal',
    shows: (wall) => wall.people.view !== null,
  },
  {
    id: 'teams',
    dwellMs: 15_000,
    component: TeamsSlide,
    title: 'teamRace',
    shows: (wall) => (wall.teams.view?.totals.count ?? 0) >= TEAMS_MIN,
  },
];
