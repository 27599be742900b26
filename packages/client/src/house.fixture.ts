import { Sender, type SenderOptions } from './sender.ts';

/** What happens to one request, before or after the house stored it. */
export type Mishap =
  'none' | 'lost before' | 'lost after' | 'busy' | 'too fast' | 'half unavailable' | 'gateway page';

interface Sent {
  readonly id: string;
  readonly bad?: boolean;
  readonly poison?: boolean;
}

/** A house in memory that stores by id, with the mishaps that it is told. */
export class PretendHouse {
  readonly stored: string[] = [];
  readonly sizes: number[] = [];
  readonly waits: number[] = [];
  readonly #mishaps: Mishap[];

  constructor(mishaps: readonly Mishap[] = []) {
    this.#mishaps = [...mishaps];
  }

  sender(options: Partial<SenderOptions> = {}): Sender {
    let ids = 0;
    return new Sender({
      url: 'http://house.example',
      key: 'ovk_key',
      queueMax: 10_000,
      flushAfterMs: 0,
      tries: 100,
      timeoutMs: 1_000,
      fetch: ((_url: unknown, request: { body: string }) => this.#answer(request.body)) as never,
      random: () => 0.5,
      newId: () => `own-${(ids += 1)}`,
      sleep: (ms) => {
        this.waits.push(ms);
        return Promise.resolve();
      },
      ...options,
    });
  }

  #answer(body: string): Promise<Response> {
    const { events } = JSON.parse(body) as { events: Sent[] };
    this.sizes.push(events.length);
    const mishap = this.#mishaps.shift() ?? 'none';
    if (mishap === 'lost before') return Promise.reject(new TypeError('fetch failed'));
    if (mishap === 'busy') return respond(503, { detail: 'Not now.' }, { 'retry-after': '7' });
    if (mishap === 'too fast') return respond(429, { detail: 'Later.' }, { 'retry-after': '2' });
    if (mishap === 'gateway page') return Promise.resolve(new Response('<h1>', { status: 502 }));
    if (events.some((event) => event.poison)) return respond(400, { detail: 'Not JSON.' });
    const results = events.map((event, index) => {
      if (event.bad) return { status: 422, problem: { detail: 'Bad.', status: 422 } };
      if (mishap === 'half unavailable' && index % 2 === 1) {
        return { status: 503, problem: { detail: 'Later.', status: 503 } };
      }
      return this.#store(event.id);
    });
    if (mishap === 'lost after') return Promise.reject(new TypeError('socket hang up'));
    return respond(200, { results });
  }

  #store(id: string): object {
    const known = this.stored.indexOf(id);
    if (known >= 0) return { status: 200, id, seq: known + 1, duplicate: true };
    this.stored.push(id);
    return { status: 201, id, seq: this.stored.length, duplicate: false };
  }
}

const respond = (status: number, body: object, headers: Record<string, string> = {}) =>
  Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
