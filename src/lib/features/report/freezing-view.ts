/** One freezing of a year in words: what it holds, and what differs since. */
import type { Freezing } from '$lib/domain/annual-report/freezings.ts';
import { chartNames } from '$lib/domain/indicators/charts.ts';
import { definitions } from '$lib/domain/indicators/definitions.ts';
import type { Facts } from '$lib/domain/indicators/facts.ts';
import { differencesSince, figureNamed } from '$lib/domain/indicators/frozen-year.ts';
import type { Report } from '$lib/domain/indicators/report.ts';
import { indicatorWords } from '$lib/i18n/indicator-words.ts';
import { number } from '$lib/i18n/numbers.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeWords } from '$lib/i18n/place-words.ts';

interface Difference {
  /** As the record names it. */
  readonly name: string;
  readonly label: string;
  readonly then: string;
  readonly now: string;
}

export interface FreezingView {
  readonly freezing: string;
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly rules: string;
  readonly figures: number;
  readonly findings: number;
  /** Of the documents it rests on, one a part. */
  readonly inputs: readonly { readonly name: string; readonly label: string; readonly hash: string }[];
  /** Parts that changed since; `undefined` where this browser cannot tell. */
  readonly changed: readonly string[] | undefined;
  readonly definitions: readonly {
    readonly key: string;
    readonly label: string;
    readonly version: number;
    readonly words: string;
  }[];
  /** Parts that are not on this device. */
  readonly missing: number;
  /** `undefined`: not whole, or this browser cannot tell. */
  readonly isVerified: boolean | undefined;
  /** The plainest first. */
  readonly differences: readonly Difference[];
  /** Names of definitions that are no longer the same. */
  readonly redefined: readonly string[];
}

interface Now {
  readonly report: Report;
  readonly facts: Facts;
  readonly hashes: Readonly<Record<string, string>> | undefined;
  readonly isVerified: boolean | undefined;
}

export function freezingView(
  { freezing, version, frozen, missing }: Freezing,
  { report, facts, hashes, isVerified }: Now,
): FreezingView {
  const { figures, inputs, redefined } = differencesSince(frozen, report, hashes ?? frozen.inputs);
  const { at, by, rules } = frozen;
  return {
    ...{ freezing, version, at, by, rules, missing, isVerified },
    figures: Object.keys(frozen.figures).length,
    findings: Object.values(frozen.findings).reduce((sum, count) => sum + count, 0),
    inputs: Object.entries(frozen.inputs).map(([name, hash]) => ({
      name,
      label: partWords(name, facts),
      hash,
    })),
    changed: hashes && inputs.map((name) => partWords(name, facts)),
    definitions: Object.entries(frozen.definitions).map(([key, one]) => ({
      ...{ key, version: one.version, words: one.words ?? '' },
      label: labelOf(key),
    })),
    differences: missing > 0 ? [] : [...figures].sort(byPlainness).map((one) => differenceWords(one, facts)),
    redefined: redefined.map(labelOf),
  };
}

const labelOf = (key: string): string => indicatorWords[key]?.label() ?? key;

const order = new Map(definitions.map(({ key }, place) => [key, place]));
const depth = (name: string) => name.split('|').length;

/** Totals before their splits, in the order of the definitions. */
function byPlainness(a: { readonly name: string }, b: { readonly name: string }): number {
  const rank = ({ name }: { readonly name: string }) =>
    order.get(figureNamed(name).key) ?? Number.MAX_SAFE_INTEGER;
  return depth(a.name) - depth(b.name) || rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}

/** « paris13-s1-2023 » is the term S1.23. */
function partWords(name: string, { terms }: Facts): string {
  if (name.endsWith('-commons')) return m.report_part_commons();
  if (name.endsWith('-registry')) return m.report_part_registry();
  const term = terms.find((one) => name.endsWith(`-${one.term}`));
  return m.report_part_term({ term: term?.label ?? name });
}

function differenceWords(
  { name, frozen, now }: { readonly name: string; readonly frozen: number; readonly now: number },
  facts: Facts,
): Difference {
  const { key, at, isBase } = figureNamed(name);
  const where = placeWords(at, chartNames(facts));
  const figure = where === '' ? labelOf(key) : m.report_difference_at({ figure: labelOf(key), at: where });
  const definition = definitions.find((one) => one.key === key);
  // What an average is out of is people or meetings.
  const isTime = definition?.unit === 'minutes' && !(isBase && definition.reading === 'average');
  const shown = (value: number) =>
    isTime ? m.report_hours({ hours: number(value / 60, 1) }) : number(value);
  return {
    name,
    label: isBase ? m.report_difference_out_of({ figure }) : figure,
    then: shown(frozen),
    now: shown(now),
  };
}
