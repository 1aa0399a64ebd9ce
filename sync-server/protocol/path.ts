/** Paths as they came. */
import { badRequest } from '../http/http-error.ts';

/** A piece of a path; `+` stands for a space there, as in a query. Throws a 400. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('The address is not well formed.');
  }
}

/** The pieces of a path below the root, decoded one by one: a piece may have slashes in it. */
export const piecesOf = (rawPath: string) => rawPath.split('/').slice(1).map(decoded);
