/**
 * A frozen year as documents of the registry: a head, which is signed, and its figures in parts, because one document
 * has no room for all of them. Every freezing is documents of its own: freezing again takes nothing away.
 */
import { canonicalJson } from '../canonical-json.ts';
import type { FrozenFigures, FrozenRecord } from '../documents.ts';
import { frozenFiguresDocId, frozenYearDocId, type FreezingId } from '../ids.ts';
import { frozenText, type FrozenYear } from '../indicators/frozen-year.ts';

/** In characters, of the figures of one part: with the rest of the document far below what a server takes. */
const partRoom = 40_000;

/** What is signed: the whole year, every figure of it, and which freezing it is. */
export const signedTextOfYear = (freezing: FreezingId, frozen: FrozenYear): string =>
  canonicalJson([freezing, frozenText(frozen)]);

interface Signature {
  readonly signature: string;
  readonly signedWith: Record<string, unknown>;
}

/** @returns the head first: all are written at once */
export function freezingDocuments(
  frozen: FrozenYear,
  freezing: FreezingId,
  { signature, signedWith }: Signature,
): readonly [FrozenRecord, ...FrozenFigures[]] {
  const { figures, year, at, by, device, ...rest } = frozen;
  const parts = inParts(figures);
  const common = { v: 1, at, by, device, year, freezing } as const;
  return [
    {
      _id: frozenYearDocId(year, freezing),
      type: 'frozenYear',
      ...common,
      rules: rest.rules,
      definitions: Object.fromEntries(
        Object.entries(rest.definitions).map(([key, definition]) => [key, { ...definition }]),
      ),
      inputs: { ...rest.inputs },
      excluded: { ...rest.excluded },
      findings: { ...rest.findings },
      parts: parts.length,
      ...{ signature, signedWith },
    },
    ...parts.map((some, place): FrozenFigures => ({
      _id: frozenFiguresDocId(year, freezing, place + 1),
      type: 'frozenFigures',
      ...common,
      part: place + 1,
      figures: some,
    })),
  ];
}

function inParts(figures: Readonly<Record<string, number>>): Record<string, number>[] {
  const parts: Record<string, number>[] = [{}];
  let taken = 0;
  for (const [name, number] of Object.entries(figures)) {
    const size = JSON.stringify(name).length + String(number).length + 2;
    if (taken + size > partRoom) {
      parts.push({});
      taken = 0;
    }
    const last = parts.at(-1);
    if (last) last[name] = number;
    taken += size;
  }
  return parts;
}

export interface Freezing {
  readonly freezing: FreezingId;
  /** 1 for the first of its year, in the order of time. */
  readonly version: number;
  readonly frozen: FrozenYear;
  readonly signature: string;
  readonly signedWith: Record<string, unknown>;
  /** Parts that this device does not hold: no figure can be compared before they are here. */
  readonly missing: number;
}

/** The freezings of a year, the latest first. */
export function freezingsOf(
  year: number,
  heads: readonly FrozenRecord[],
  figures: readonly FrozenFigures[],
): Freezing[] {
  return heads
    .filter((head) => head.year === year)
    .sort((a, b) => (`${a.at} ${a._id}` < `${b.at} ${b._id}` ? -1 : 1))
    .map((head, place): Freezing => {
      const { freezing, parts, signature, signedWith } = head;
      const own = figures.filter((one) => one.freezing === freezing && one.year === year);
      const { at, by, device, rules, definitions, inputs, excluded, findings } = head;
      const all = Object.fromEntries(own.flatMap((one) => Object.entries(one.figures)));
      const frozen = { at, by, device, year, rules, definitions, inputs, figures: all, excluded, findings };
      const missing = Math.max(0, parts - own.length);
      return { freezing, version: place + 1, frozen, signature, signedWith, missing };
    })
    .reverse();
}
