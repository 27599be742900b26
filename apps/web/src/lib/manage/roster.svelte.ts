import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly email: string | null;
  readonly team: { readonly id: string } | null;
  /** Whom they report to. */
  readonly manager?: string | { readonly id: string } | null;
  /** ISO date of their first day. */
  readonly startedOn?: string | null;
  readonly active: boolean;
}

/** What of a person is changed; left out stays as it is. */
export interface PersonChange {
  readonly name?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly email?: string | null;
  readonly team?: string | null;
  readonly manager?: string | null;
  /** ISO date from when team and manager are; `null` since ever, left out from now. */
  readonly since?: string | null;
  readonly active?: boolean;
  readonly startedOn?: string | null;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly parent: string | { readonly id: string } | null;
  readonly stripe: number;
}

/** Who is on the floor, as the server keeps it. */
export class Roster {
  #people = $state.raw<readonly Person[] | null>(null);
  #teams = $state.raw<readonly Team[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get people(): readonly Person[] {
    return this.#people ?? [];
  }

  get teams(): readonly Team[] {
    return this.#teams ?? [];
  }

  get loaded(): boolean {
    return this.#people !== null && this.#teams !== null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const [people, teams] = await Promise.all([
      ask<{ people: Person[] }>('GET', '/v1/people'),
      ask<{ teams: Team[] }>('GET', '/v1/teams'),
    ]);
    if (people.ok) this.#people = people.value.people;
    if (teams.ok) this.#teams = teams.value.teams;
    this.#problem = people.ok ? (teams.ok ? null : teams.problem) : people.problem;
  }

  addPerson(person: { name: string; email?: string; team?: string }): Promise<Answer<unknown>> {
    return this.#change('POST', '/v1/people', person);
  }

  addTeam(team: { name: string; parent?: string }): Promise<Answer<unknown>> {
    return this.#change('POST', '/v1/teams', team);
  }

  setActive(person: Person, active: boolean): Promise<Answer<unknown>> {
    return this.changePerson(person.id, { active });
  }

  changePerson(id: string, change: PersonChange): Promise<Answer<unknown>> {
    return this.#change('PATCH', `/v1/people/${encodeURIComponent(id)}`, change);
  }

  changeTeam(
    id: string,
    change: { name?: string; names?: Readonly<Record<string, string>>; parent?: string | null },
  ): Promise<Answer<unknown>> {
    return this.#change('PATCH', `/v1/teams/${encodeURIComponent(id)}`, change);
  }

  async #change(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<Answer<unknown>> {
    const answer = await ask<unknown>(method, path, body);
    if (answer.ok) await this.load();
    return answer;
  }
}
