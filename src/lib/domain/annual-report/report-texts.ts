/**
 * What coordinators write in the annual report: one document a section, so that two people who write in two sections
 * never meet. Who wrote is kept in the document, and the text as it was before each sitting.
 */
import { unionOfChanges } from '../changes.ts';
import { canonicalJson } from '../canonical-json.ts';
import { mergedText } from '../debriefs-merge.ts';
import type { Author, Change, ReportText } from '../documents.ts';
import { annualReportDocId } from '../ids.ts';
import type { SectionKey } from './outline.ts';

/** In characters, of one section. */
export const longestText = 6000;
/** Typing that goes on within this time is one change: every letter is kept, not every letter is told. */
const sittingMs = 30 * 60 * 1000;
/** Of the document, in characters: beyond, a change no longer holds the text before it, then is no longer told. */
const room = { formerTexts: 45_000, changes: 58_000 } as const;

/** One sitting, with the text that stood before it; none: the proposal stood. */
export type TextChange = Change & { readonly former?: string };

/** From the document there is (none yet) to the one there will be; `undefined` where nothing changes. */
export type TextEdit = (
  current: ReportText | undefined,
  place: { readonly year: number; readonly section: SectionKey },
  author: Author,
) => ReportText | undefined;

/**
 * A text as it was typed. What a colleague wrote there since is kept beside it.
 * @param base what stood there when the typing began: a kept text, or the proposal
 */
export const typeReportText =
  (base: string, typed: string): TextEdit =>
  (current, place, author) => {
    const kept = current?.text;
    const text = kept === undefined ? typed : mergedText(base, typed, kept);
    return written(current, text.toWellFormed(), place, author);
  };

/** Back to the proposal, which follows the figures; the text that stood is kept among the changes. */
export const takeProposal: TextEdit = (current, place, author) =>
  current?.text === undefined ? undefined : written(current, undefined, place, author);

function written(
  current: ReportText | undefined,
  text: string | undefined,
  { year, section }: Parameters<TextEdit>[1],
  author: Author,
): ReportText | undefined {
  if (current && current.text === text) return undefined;
  const { text: _former, ...kept } = current ?? {};
  const next: ReportText = {
    ...kept,
    _id: annualReportDocId(year, section),
    type: 'annualReport',
    v: 1,
    ...author,
    year,
    section,
    ...(text === undefined ? {} : { text }),
  };
  return { ...next, changes: changesWith(current, next, author, text === undefined) };
}

/** @param isWhole a sitting of its own, whatever came before */
function changesWith(
  current: ReportText | undefined,
  next: ReportText,
  author: Author,
  isWhole: boolean,
): Change[] {
  const before = current?.changes ?? [];
  const last = before.at(-1);
  const isSameSitting =
    last?.by === author.by &&
    last.device === author.device &&
    Math.abs(Date.parse(author.at) - Date.parse(last.at)) < sittingMs;
  if (isSameSitting && !isWhole && current?.text !== undefined) return before;
  const taken = canonicalJson(next).length;
  if (taken > room.changes) return before;
  const holdsFormer = current?.text !== undefined && taken + current.text.length < room.formerTexts;
  const change: TextChange = {
    ...author,
    kind: current ? 'edited' : 'created',
    fields: [],
    ...(holdsFormer && current.text !== undefined ? { former: current.text } : {}),
  };
  return [...before, change];
}

/** Texts that stood before, the latest first. */
export const formerTexts = (current: ReportText | undefined): (TextChange & { readonly former: string })[] =>
  (current?.changes ?? [])
    .flatMap((change) => {
      const { former } = change as TextChange;
      return former === undefined || former === current?.text ? [] : [{ ...change, former }];
    })
    .reverse();

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function mergeTwo(base: ReportText | undefined, one: ReportText, other: ReportText): ReportText {
  const [earlier, later] = [one, other].sort(
    (a, b) => compare(a.at, b.at) || compare(canonicalJson(a), canonicalJson(b)),
  ) as [ReportText, ReportText];
  const { text: _earlier, ...fields } = { ...earlier, ...later };
  const text = textOf(base, earlier.text, later.text);
  return {
    ...fields,
    ...(text === undefined ? {} : { text }),
    changes: unionOfChanges(earlier.changes ?? [], later.changes ?? []),
  };
}

/** No text is lost to a return to the proposal. */
function textOf(base: ReportText | undefined, one: string | undefined, other: string | undefined) {
  if (one === undefined || other === undefined) {
    const written = one ?? other;
    return base !== undefined && written === base.text ? undefined : written;
  }
  return mergedText(base?.text, one, other);
}

/**
 * Two people who wrote in one section at the same time: both texts stay, for either to tidy up. Never a disagreement.
 * @param ancestor what all were made from; `undefined` when it is no longer there
 * @param given at least one; one of them is given back when it says everything
 */
export function mergeReportTexts(ancestor: ReportText | undefined, given: readonly ReportText[]): ReportText {
  const [first, ...others] = [...given].sort((a, b) => compare(canonicalJson(a), canonicalJson(b)));
  if (first === undefined) throw new Error('nothing to merge');
  const merged = others.reduce((one, other) => mergeTwo(ancestor, one, other), first);
  const said = saidBy(merged);
  return given.find((version) => saidBy(version) === said) ?? merged;
}

function saidBy(text: ReportText): string {
  const { _rev, ...said } = text;
  return canonicalJson(said);
}
