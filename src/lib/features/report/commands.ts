/** What a coordinator writes of a report: a text, and a year that is frozen. */
import { freezingDocuments, signedTextOfYear } from '$lib/domain/annual-report/freezings.ts';
import type { SectionKey } from '$lib/domain/annual-report/outline.ts';
import type { TextEdit } from '$lib/domain/annual-report/report-texts.ts';
import type { Author } from '$lib/domain/documents.ts';
import type { FrozenYear } from '$lib/domain/indicators/frozen-year.ts';
import { annualReportDocId, opaqueKey, type FreezingId } from '$lib/domain/ids.ts';
import type { Store } from '$lib/store/store.ts';
import { signText } from '$lib/sync/device-key.ts';

export interface ReportDesk {
  readonly registry: Store;
  readonly year: number;
  /** Asked anew at each change: it holds the time. */
  readonly author: () => Author;
}

/** Answers whether the device holds the text as it is after the change. Never throws. */
export async function writeText(
  { registry, year, author }: ReportDesk,
  section: SectionKey,
  edit: TextEdit,
): Promise<boolean> {
  let wasAsked = false;
  try {
    const done = await registry.commit([
      {
        id: annualReportDocId(year, section),
        change(current) {
          wasAsked = true;
          const text = current?.type === 'annualReport' ? current : undefined;
          return edit(text, { year, section }, author());
        },
      },
    ]);
    return done.ok && wasAsked;
  } catch (fault) {
    reportError(fault);
    return false;
  }
}

export type Frozen =
  | { readonly ok: true }
  /** `no-crypto`: this browser cannot sign (the page was not served over HTTPS). */
  | { readonly ok: false; readonly why: 'no-crypto' | 'failed' };

/**
 * Freezes a year as the worker counted it: signed with the key of this device, all of its documents at once or none.
 * @param count counts the year; `undefined` where hashes cannot be told
 */
export async function freezeYear(
  { registry, author }: ReportDesk,
  count: (author: Author) => Promise<FrozenYear | undefined>,
): Promise<Frozen> {
  try {
    const frozen = await count(author());
    if (!frozen) return { ok: false, why: 'no-crypto' };
    const freezing = opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as FreezingId;
    const signed = await signText(signedTextOfYear(freezing, frozen));
    if (!signed.ok) return { ok: false, why: signed.why === 'no-crypto' ? 'no-crypto' : 'failed' };
    const documents = freezingDocuments(frozen, freezing, signed);
    const done = await registry.commit(
      documents.map((document) => ({
        id: document._id,
        change: (current) => (current ? undefined : document),
      })),
    );
    return done.ok ? { ok: true } : { ok: false, why: 'failed' };
  } catch (fault) {
    reportError(fault);
    return { ok: false, why: 'failed' };
  }
}
