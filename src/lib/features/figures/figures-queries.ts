/** Every figure of a scope, read from this device. */
import { reportOf, type Report } from '$lib/domain/indicators/report.ts';
import type { Scope } from '$lib/domain/indicators/scope.ts';
import { readSite, type SiteStores } from '$lib/store/site-documents.ts';

/** Thousands of documents, so a worker counts them. */
export const readFigures = async (stores: SiteStores, scope: Scope): Promise<Report> =>
  reportOf([await readSite(stores)], scope).report;
