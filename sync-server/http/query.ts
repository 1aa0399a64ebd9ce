/** The query string of a request. Values of CouchDB's keys are JSON; flags are `true` or `false`. */
import { queryParseError } from './http-error.ts';
import { parseJson } from './json.ts';

export class Query {
  readonly #values: URLSearchParams;

  constructor(url: string) {
    const mark = url.indexOf('?');
    this.#values = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  }

  text(name: string): string | undefined {
    return this.#values.get(name) ?? undefined;
  }

  /** Every parameter as text; the last one of a name stands. */
  all(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  flag(name: string): boolean | undefined {
    const value = this.#values.get(name);
    if (value === null) return undefined;
    if (value === 'true') return true;
    if (value === 'false') return false;
    throw queryParseError(`Invalid boolean parameter: ${name}`);
  }

  /** A flag where anything but `true` means no. */
  isOn(name: string): boolean {
    return this.#values.get(name) === 'true';
  }

  /** A whole number from 0. */
  count(name: string): number | undefined {
    const value = this.#values.get(name);
    if (value === null) return undefined;
    if (!/^\d{1,15}$/.test(value)) throw queryParseError(`Invalid value for integer parameter: ${name}`);
    return Number(value);
  }

  json(name: string): unknown {
    const value = this.#values.get(name);
    return value === null ? undefined : parseJson(value);
  }

  /** Names and values in the order in which they stand. */
  entries(): [name: string, value: string][] {
    return [...this.#values];
  }
}
