/**
 * A year as it was when it was closed: the versions of its definitions, the hashes of what it was counted from, and
 * every figure. Later corrections appear as differences; the record itself never changes. Pure: callers bring the hash
 * (SHA-256 waits for the browser) and who closes the year, when.
 */
import { canonicalJson } from '../canonical-json.ts';
import type { AnyDocument, Author } from '../documents.ts';
import { ofType } from '../of-type.ts';
import { countedText, countingRules, differencesBetween, type Counts } from '../term-counts.ts';
import { dimensions } from './definition.ts';
import { definitions } from './definitions.ts';
import type { Cell, Indicator, Place } from './evaluate.ts';
import type { Report } from './report.ts';
import type { SiteDocuments } from './site-reading.ts';

export interface FrozenYear extends Author {
  readonly year: number;
  /** Version of the counting rules. */
  readonly rules: string;
  /** By the key of each definition. */
  readonly definitions: Readonly<Record<string, FrozenDefinition>>;
  /** SHA-256, hexadecimal, of the text of each part, by its name ({@link inputTexts}). */
  readonly inputs: Readonly<Record<string, string>>;
  /** By name ({@link figureName}): whole numbers only. */
  readonly figures: Counts;
  /** What was left out, by why. */
  readonly excluded: Counts;
  /** What contradicted itself then, by the key of the sentence, and how often. */
  readonly findings: Counts;
}

/** A definition as it was counted by. */
interface FrozenDefinition {
  readonly version: number;
  /** Local date of that version. */
  readonly date: string;
  /** Its formula in words, as it was read then. */
  readonly words?: string | undefined;
}

/** What a file of the registry brings to figures; names, numbers and histories do not. */
const countedOfFile = [
  'participant',
  'gender',
  'departement',
  'country',
  'isFrancophone',
  'mergedInto',
] as const;

/** Everything that figures rest on, in parts that can be told apart: the text of each, by its name. */
export function* inputTexts(
  sites: Iterable<SiteDocuments>,
): Generator<readonly [name: string, text: string]> {
  for (const { commons, registry, terms } of sites) {
    const [site] = ofType(commons, 'site');
    const name = site?.site ?? '';
    yield [`${name}-commons`, countedText(commons)];
    yield [`${name}-registry`, registryText(registry)];
    for (const documents of terms) {
      const [term] = ofType(documents, 'term');
      yield [`${name}-${term?.term ?? ''}`, termText(documents)];
    }
  }
}

/** The calendar and what hosts said count too, beside what a term's own counts rest on. */
function termText(documents: readonly AnyDocument[]): string {
  const more = documents
    .filter(({ type }) => type === 'term' || type === 'debrief')
    .map(({ _rev, ...body }) => body)
    .sort((a, b) => (a._id < b._id ? -1 : 1));
  return `${countedText(documents)}\n${canonicalJson(more)}`;
}

function registryText(registry: readonly AnyDocument[]): string {
  const files = ofType(registry, 'participant').map((file) =>
    Object.fromEntries(countedOfFile.map((field) => [field, file[field]])),
  );
  const exits = ofType(registry, 'exit').map(({ group, participant, date, reason }) => ({
    ...{ group, participant, date, reason },
  }));
  return [...files, ...exits].map(canonicalJson).sort().join('\n');
}

/** `assidus|gender=woman|kind=socioprofessional`, and `/of` for what it is out of. */
function figureName(key: string, { at }: Pick<Cell, 'at'>): string {
  const places = dimensions.flatMap((dimension) =>
    at[dimension] === undefined ? [] : [`${dimension}=${at[dimension]}`],
  );
  return [key, ...places.sort()].join('|');
}

/** What a figure's name says: of which definition, where, and whether it is what that one is out of. */
export function figureNamed(name: string): { key: string; at: Place; isBase: boolean } {
  const isBase = name.endsWith('/of');
  const [key = '', ...places] = (isBase ? name.slice(0, -3) : name).split('|');
  const at = Object.fromEntries(
    places.map((place) => {
      const cut = place.indexOf('=');
      return [place.slice(0, cut), place.slice(cut + 1)];
    }),
  ) as Place;
  return { key, at, isBase };
}

/** Every cell as whole numbers; people of countries are counted as they are: the record stays with the team. */
function flatFigures(indicators: readonly Indicator[]): Counts {
  const figures: Record<string, number> = {};
  for (const { key, splits } of indicators)
    for (const { cells } of splits)
      for (const cell of cells) {
        const name = figureName(key, cell);
        figures[name] = cell.n;
        if (cell.of !== undefined) figures[`${name}/of`] = cell.of;
      }
  return figures;
}

/**
 * @param inputs hashes by the names of {@link inputTexts}
 * @param wordsOf the formula of a definition, by its key: the record says what was counted, whatever comes later
 */
export function frozenYear(
  year: number,
  report: Report,
  inputs: Readonly<Record<string, string>>,
  author: Author,
  wordsOf: (key: string) => string | undefined = () => undefined,
): FrozenYear {
  const findings: Record<string, number> = {};
  for (const { key } of report.findings) findings[key] = (findings[key] ?? 0) + 1;
  return {
    ...author,
    year,
    rules: countingRules,
    definitions: Object.fromEntries(
      definitions.map(({ key, version, date }) => {
        const words = wordsOf(key);
        return [key, { version, date, ...(words === undefined ? {} : { words }) }];
      }),
    ),
    inputs: { ...inputs },
    figures: flatFigures(report.indicators),
    excluded: { ...report.excluded },
    findings,
  };
}

/** The record as one text: what is signed, or hashed again. */
export const frozenText = (frozen: FrozenYear): string => canonicalJson(frozen);

export interface YearDifferences {
  /** Figures that differ, by name. */
  readonly figures: ReturnType<typeof differencesBetween>;
  /** Names of the parts whose documents changed since, came, or went. */
  readonly inputs: readonly string[];
  /** Keys of definitions that have another version now, or are no more: their figures cannot be held side by side. */
  readonly redefined: readonly string[];
}

/** What has changed since a year was closed. Figures of a definition that changed are left out: they are named. */
export function differencesSince(
  frozen: FrozenYear,
  report: Report,
  inputs: Readonly<Record<string, string>>,
): YearDifferences {
  const versions = new Map(definitions.map(({ key, version }) => [key, version]));
  const redefined = Object.entries(frozen.definitions)
    .filter(([key, { version }]) => versions.get(key) !== version)
    .map(([key]) => key)
    .sort();
  const known = new Set(Object.keys(frozen.definitions));
  const left = new Set(redefined);
  const names = new Set([...Object.keys(frozen.inputs), ...Object.keys(inputs)]);
  return {
    figures: differencesBetween(frozen.figures, flatFigures(report.indicators)).filter(
      ({ name }) => known.has(figureNamed(name).key) && !left.has(figureNamed(name).key),
    ),
    inputs: [...names].filter((name) => frozen.inputs[name] !== inputs[name]).sort(),
    redefined,
  };
}
