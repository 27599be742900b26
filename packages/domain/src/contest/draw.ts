import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EventKey } from '../types.ts';
import type { EntrantId } from './definition.ts';
import type { DrawResult } from './standing.ts';

/**
 * Chance that anybody can check. Before a contest starts the SHA-256 of a secret seed is published.
 * What is drawn follows from the seed and the list of tickets alone, so that nobody can choose the
 * seed after the tickets are known, nor the tickets after the seed is: see docs/contests.md.
 */

/** SHA-256, in hex, of the seed as it is written: lower-case hex. */
export const commitmentOf = (seed: string): string => sha256Hex(seed);

/** Entrants with their numbers of tickets. */
export type Tickets = readonly (readonly [EntrantId, number])[];

/** SHA-256, in hex, of one line `entrant tickets` for each entrant, every line ended. */
export const digestOf = (tickets: Tickets): string =>
  sha256Hex(tickets.map(([entrant, count]) => `${entrant} ${count}\n`).join(''));

/**
 * Draws so many tickets without putting any back. Tickets are numbered from 0 in the order of the
 * list. The n-th number is made by `numberOf` from the digest and a counter, so every order of the
 * tickets that are left is equally likely.
 */
export function drawTickets(seed: string, tickets: Tickets, winners: number): DrawResult {
  const digest = digestOf(tickets);
  const starts: number[] = [];
  let total = 0;
  for (const [, count] of tickets) {
    starts.push(total);
    total += count;
  }
  // The list is shuffled only as far as it is drawn; who was swapped is kept, not the whole list.
  const swapped = new Map<number, number>();
  const at = (place: number): number => swapped.get(place) ?? place;
  const drawn: (readonly [number, EntrantId])[] = [];
  const numbers = counterNumbers(seed, digest);
  for (let place = 0; place < Math.min(winners, total); place += 1) {
    const pick = place + numbers(total - place);
    const ticket = at(pick);
    swapped.set(pick, at(place));
    drawn.push([ticket, tickets[ownerOf(starts, ticket)]![0]]);
  }
  return { seed, digest, tickets, drawn };
}

/** The entrants in an order by lot: everybody has one ticket, and all are drawn. */
export function drawOrder(seed: string, entrants: readonly EntrantId[]): DrawResult {
  const tickets = [...entrants].sort().map((entrant) => [entrant, 1] as const);
  return drawTickets(seed, tickets, tickets.length);
}

/** Which face an event spins: its number, by the faces' whole weights. */
export function spinOf(seed: string, event: EventKey, weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = counterNumbers(seed, `spin ${event}`)(total);
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
}

/** What of a draw holds. */
export interface DrawCheck {
  /** The seed is the one that was promised. */
  readonly seed: boolean;
  /** The digest is that of the tickets. */
  readonly digest: boolean;
  /** Seed and tickets give these winners. */
  readonly drawn: boolean;
}

export function verifyDraw(draw: DrawResult, commitment: string): DrawCheck {
  const again = drawTickets(draw.seed, draw.tickets, draw.drawn.length);
  return {
    seed: commitmentOf(draw.seed) === commitment,
    digest: again.digest === draw.digest,
    drawn:
      again.drawn.length === draw.drawn.length &&
      again.drawn.every(([ticket, entrant], index) => {
        const [other, owner] = draw.drawn[index]!;
        return ticket === other && entrant === owner;
      }),
  };
}

const SPACE = 2n ** 256n;

/**
 * Whole numbers below a bound, each as likely as the other: HMAC-SHA256 with the seed as the key
 * and `<text> <counter>` as the message, counted on from 0, read as a 256-bit number. What lies in
 * the uneven rest at the top of the space is passed over.
 */
function counterNumbers(seed: string, text: string): (below: number) => number {
  const key = utf8ToBytes(seed);
  let counter = 0;
  return (below) => {
    const bound = BigInt(below);
    const usable = SPACE - (SPACE % bound);
    for (;;) {
      const mac = hmac(sha256, key, utf8ToBytes(`${text} ${counter}`));
      counter += 1;
      const number = BigInt(`0x${bytesToHex(mac)}`);
      if (number < usable) return Number(number % bound);
    }
  };
}

/** The last of the starts that is not after a ticket; entrants without tickets own none. */
function ownerOf(starts: readonly number[], ticket: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= ticket) low = middle;
    else high = middle - 1;
  }
  return low;
}

const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
