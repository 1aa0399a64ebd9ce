/** What the page of figures asks of its worker, and hears from it. */
import type { Report } from '$lib/domain/indicators/report.ts';
import type { Scope } from '$lib/domain/indicators/scope.ts';
import { namesOf, type SiteStoreNames, type SiteStores } from '$lib/store/site-documents.ts';

export interface FiguresAsked {
  readonly names: SiteStoreNames;
  readonly scope: Scope;
}

export type FiguresAnswer = { readonly report: Report } | { readonly failed: string };

/**
 * Starts a worker that counts every figure of a scope, and counts them again after every change.
 * @param onfailed the worker could not be started, or could not read
 * @returns ends it
 */
export function followFigures(
  stores: SiteStores,
  scope: Scope,
  onreport: (report: Report) => void,
  onfailed: () => void,
): () => void {
  const worker = new Worker(new URL('./figures.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<FiguresAnswer>) => {
    if ('failed' in data) onfailed();
    else onreport(data.report);
  });
  worker.addEventListener('error', onfailed);
  const asked: FiguresAsked = { names: namesOf(stores), scope };
  worker.postMessage(asked);
  return () => worker.terminate();
}
