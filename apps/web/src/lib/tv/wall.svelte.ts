import type { Instant } from '@ovation/domain';
import type { Viewer } from '@ovation/protocol';
import { getContext, setContext } from 'svelte';
import { Celebrations } from '../celebration/celebrations.svelte.ts';
import { formatLocale, type FormatLocale } from '../format/locale.ts';
import type { Language } from '../i18n/language.ts';
import { wallTranslator, type WallTranslator } from '../i18n/wall.ts';
import { LiveConnection } from '../live/connection.svelte.ts';
import { LiveContests } from '../live/contests.svelte.ts';
import { LiveFeed } from '../live/feed.svelte.ts';
import { LiveBoard } from '../live/live-board.svelte.ts';
import { Now } from '../live/now.svelte.ts';
import { WallContests } from './contest/wall-contests.svelte.ts';
import { WallAnnouncements } from './announcements.svelte.ts';

/** The server sends two frames a second; a burst beyond that waits, its first change does not. */
const COMMIT_EVERY_MS = 400;
/** Ten rows fit the stage. */
export const ROWS_MAX = 10;
const KEY = Symbol('wall');

export interface WallOptions {
  readonly viewer: Viewer;
  readonly language: Language;
  /** Server time of the rendering. */
  readonly renderedAt: Instant;
  readonly onEnded: () => void;
}

/** Everything a wall shows, and its one connection. */
export class Wall {
  readonly viewer: Viewer;
  readonly i18n: WallTranslator;
  readonly locale: FormatLocale;
  readonly now: Now;
  readonly connection: LiveConnection;
  readonly people: LiveBoard;
  readonly teams: LiveBoard;
  readonly contests: WallContests;
  readonly feed: LiveFeed;
  readonly celebrations: Celebrations;
  readonly announcements: WallAnnouncements;

  constructor({ viewer, language, renderedAt, onEnded }: WallOptions) {
    const { organisation } = viewer;
    this.viewer = viewer;
    this.i18n = wallTranslator(language);
    this.locale = formatLocale(language, organisation.settings);
    this.now = new Now(renderedAt);
    this.connection = new LiveConnection({
      namespace: '/screen',
      renderedAt,
      onEnded,
    });
    const board = (slug: string) =>
      new LiveBoard(this.connection, slug, `top:${ROWS_MAX}`, {
        commitEveryMs: COMMIT_EVERY_MS,
        storeAs: `${organisation.id}.${slug}`,
      });
    this.people = board('revenue-month');
    this.teams = board('team-revenue-month');
    this.contests = new WallContests(new LiveContests(this.connection), {
      board: (slug) => board(slug),
      screen: viewer.screen?.id ?? null,
      now: () => this.now.ms,
    });
    this.feed = new LiveFeed(this.connection);
    this.celebrations = new Celebrations(this.connection);
    this.announcements = new WallAnnouncements(
      this.connection,
      () => this.celebrations.covered,
      (now) => this.celebrations.slideTime(now),
    );
  }

  get offline(): boolean {
    return this.connection.status === 'offline';
  }

  /** Connects; returns the undoing. */
  start(): () => void {
    const stops = [
      this.connection.start(),
      this.now.start(this.connection),
      this.people.start(),
      this.teams.start(),
      this.contests.start(),
      this.feed.start(),
      this.celebrations.start(),
      this.announcements.start(),
    ];
    return () => stops.reverse().forEach((stop) => stop());
  }
}

export const provideWall = (wall: Wall): Wall => setContext(KEY, wall);
export const useWall = (): Wall => getContext<Wall>(KEY);
