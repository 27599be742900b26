import { faultText, problemText } from './fault-text.ts';
import { words } from './words.ts';

/** A refusal in words (RFC 9457). */
export interface Problem {
  readonly type?: string | undefined;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly {
    readonly pointer?: string;
    readonly code: string;
    readonly detail: string;
  }[];
}

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks the server; what it refuses is a value, and so is not reaching it. */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    const value = response.status === 204 ? undefined : await response.json();
    return { ok: true, value: value as T };
  } catch {
    return { ok: false, problem: { title: words().t('noConnection'), status: 0 } };
  }
}

/** The refusal of an answer, even where something between here and the server wrote it. */
export async function problemOf(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => null);
  const problem = said !== null && typeof said === 'object' ? (said as Partial<Problem>) : {};
  return { title: words().t('somethingFailed'), ...problem, status: response.status };
}

/** One sentence for a refusal, in the reader's language: the most exact that it has. */
export const sentenceOf = (problem: Problem): string => problemText(problem, words());

/** What a refusal says about one field of the body, in the reader's language. */
export const aboutField = (problem: Problem | null, field: string): string | undefined =>
  aboutPointer(problem, (pointer) => pointer === `/${field}`);

/** The same about the first place in the body that `asked` is true of. */
export function aboutPointer(
  problem: Problem | null,
  asked: (pointer: string) => boolean,
): string | undefined {
  const error = problem?.errors?.find(({ pointer }) => pointer !== undefined && asked(pointer));
  return error && faultText(error, words());
}
