/** A year's report and its freezings, read from this device: thousands of documents, so a worker counts them. */
import { freezingsOf, signedTextOfYear } from '$lib/domain/annual-report/freezings.ts';
import type { Author } from '$lib/domain/documents.ts';
import { frozenYear, inputTexts, type FrozenYear } from '$lib/domain/indicators/frozen-year.ts';
import { periodText } from '$lib/domain/indicators/period.ts';
import { reportOf } from '$lib/domain/indicators/report.ts';
import { includesMeeting, includesTerm, yearScope } from '$lib/domain/indicators/scope.ts';
import type { SiteDocuments } from '$lib/domain/indicators/site-reading.ts';
import { statementsIn, statementsOf } from '$lib/domain/indicators/statement-documents.ts';
import { ofType } from '$lib/domain/of-type.ts';
import { annualReport, definitionWords } from '$lib/paper/annual-report/annual-report.ts';
import type { AnnualReport } from '$lib/paper/annual-report/content.ts';
import { readSite, type SiteStores } from '$lib/store/site-documents.ts';
import { isSignatureOf, sha256Of } from '$lib/sync/device-key.ts';
import { freezingView, type FreezingView } from './freezing-view.ts';

export interface ReportReading {
  readonly content: AnnualReport;
  /** The latest first. */
  readonly freezings: readonly FreezingView[];
}

/** What the figures of a year rest on: terms that have something in it. */
async function readYear(stores: SiteStores, year: number): Promise<SiteDocuments> {
  const site = await readSite(stores);
  const scope = yearScope(year);
  const terms = site.terms.filter((documents) => {
    const [term] = ofType(documents, 'term');
    if (!term) return false;
    const isMet = ({ date }: { date: string }) => includesMeeting(scope, term.term, date);
    return includesTerm(scope, term) || ofType(documents, 'occurrence').some(isMet);
  });
  return { ...site, terms };
}

/** What was typed about the whole year: « Bilan » holds the same sentences against the same figures. */
const statementsAbout = (year: number, { registry }: SiteDocuments) =>
  statementsOf(ofType(registry, 'statement'), periodText({ kind: 'year', year }));

const countedYear = (year: number, site: SiteDocuments) =>
  reportOf([site], yearScope(year), statementsIn(statementsAbout(year, site)));

/** The hash of each part of what was counted, by its name; `undefined` where this browser cannot tell. */
async function hashesOf(site: SiteDocuments): Promise<Record<string, string> | undefined> {
  const hashes: Record<string, string> = {};
  for (const [name, text] of inputTexts([site])) {
    const hash = await sha256Of(text);
    if (hash === undefined) return undefined;
    hashes[name] = hash;
  }
  return hashes;
}

export async function readReport(stores: SiteStores, year: number): Promise<ReportReading> {
  const [site, heads, figures] = await Promise.all([
    readYear(stores, year),
    stores.registry?.ofType('frozenYear') ?? [],
    stores.registry?.ofType('frozenFigures') ?? [],
  ]);
  const { report, facts } = countedYear(year, site);
  const [place] = ofType(site.commons, 'site');
  const sentences = new Map<string, string>(
    statementsAbout(year, site).map(({ statement, sentence }) => [statement, sentence]),
  );
  const content = annualReport(report, year, place?.name ?? '', (id) => sentences.get(id) ?? id);
  const freezings = freezingsOf(year, heads, figures);
  const hashes = freezings.length > 0 ? await hashesOf(site) : undefined;
  return {
    content,
    freezings: await Promise.all(
      freezings.map(async (one) => {
        const signed = signedTextOfYear(one.freezing, one.frozen);
        const isVerified = one.missing > 0 ? undefined : await isSignatureOf(signed, one);
        return freezingView(one, { report, facts, hashes, isVerified });
      }),
    ),
  };
}

/** The year as it stands now, to be signed; `undefined` where this browser cannot tell hashes. */
export async function readFrozen(
  stores: SiteStores,
  year: number,
  author: Author,
): Promise<FrozenYear | undefined> {
  const site = await readYear(stores, year);
  const hashes = await hashesOf(site);
  if (!hashes) return undefined;
  return frozenYear(year, countedYear(year, site).report, hashes, author, definitionWords);
}
