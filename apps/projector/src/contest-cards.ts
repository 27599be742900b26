import { isDeepStrictEqual } from 'node:util';
import {
  contestMetrics,
  contestSlug,
  currencyExponent,
  END,
  formatScaled,
  graceEnd,
  type ContestDefinition,
  type ContestState,
  type Floor,
  type Prize,
} from '@ovation/domain';
import type { AwardItem, ContestCard, Named } from '@ovation/protocol';
import { textOf } from './board-rows.ts';
import { isShown } from './contest-ranking.ts';
import type { Directory } from './directory.ts';

/** Contests in one message at most, the soonest to end first. */
const CARDS_MAX = 200;
const PODIUM = 3;

interface Made {
  readonly directory: Directory;
  readonly card: ContestCard;
}

/** What walls and pages know of contests without asking. */
export class ContestCards {
  all: readonly ContestCard[] = [];
  /** A contest's state is replaced, never changed: its card holds until names change. */
  readonly #made = new WeakMap<ContestState, Made>();

  /** Takes up what is other than before; whether anything is. */
  keepUp(floor: Floor, directory: Directory): boolean {
    const cards = [...floor.contests.values()]
      .filter((state) => isShown(state, floor.clock))
      .sort((a, b) => a.definition.to - b.definition.to)
      .slice(0, CARDS_MAX)
      .map((state) => this.#cardOf(state, directory));
    const same = cards.length === this.all.length && cards.every((one, n) => one === this.all[n]);
    this.all = cards;
    return !same;
  }

  #cardOf(state: ContestState, directory: Directory): ContestCard {
    const made = this.#made.get(state);
    if (made?.directory === directory) return made.card;
    const now = cardOf(state, directory);
    const card = isDeepStrictEqual(made?.card, now) ? made!.card : now;
    this.#made.set(state, { directory, card });
    return card;
  }
}

function cardOf(state: ContestState, directory: Directory): ContestCard {
  const { definition } = state;
  const { id, of, rules, from, to, show } = definition;
  const open = state.pauses.find((pause) => pause.to === END);
  const metric = contestMetrics(definition)[0] ?? 'revenue';
  return {
    ...{ id, of, metric, from, to, kind: rules.kind, slug: contestSlug(id) },
    name: directory.get(id)?.name ?? id,
    names: directory.get(id)?.names ?? {},
    graceEndsAt: graceEnd(definition),
    pausedAt: open?.from ?? null,
    finalAt: state.result === null ? null : graceEnd(definition),
    goal: 'goal' in rules ? rules.goal : null,
    ties: definition.ties,
    entrants: state.frozen?.entrants.length ?? null,
    prizes: definition.prizes.map((prize) => ({ for: prize.for, item: itemOf(prize) })),
    podium: podiumOf(state, directory),
    topN: show?.topN ?? null,
    pin: show?.pin ?? false,
    screens: show?.screens ?? null,
    commitment: state.commitment,
  };
}

/** A prize in money with its currency's digits, whatever was typed. */
function itemOf({ item }: Prize): AwardItem | null {
  if (item === undefined) return null;
  if (item.kind !== 'money') return item;
  const scale = currencyExponent(item.currency) ?? 2;
  const [whole = '0', part = ''] = item.amount.split('.');
  return { ...item, amount: formatScaled(BigInt(whole + part.padEnd(scale, '0')), scale, scale) };
}

function podiumOf({ definition, result }: ContestState, directory: Directory) {
  if (result === null) return [];
  const placed = result.lines.filter((line) => line.rank !== null);
  return placed.slice(0, PODIUM).map(({ entrant, rank, score }) => ({
    entrant: entrantNamed(definition, entrant, directory),
    rank: rank!,
    score: textOf(BigInt(score), result.unit),
  }));
}

/** Who plays, as they are shown: somebody, a team, or a squad made for the contest. */
export function entrantNamed({ who }: ContestDefinition, id: string, directory: Directory): Named {
  const squad = who.squads?.find((one) => one.id === id);
  if (squad) return { id, name: squad.name };
  const face = directory.get(id);
  const names = face && Object.keys(face.names).length > 0 ? { names: face.names } : {};
  return { id, name: face?.name ?? id, ...names };
}
