/**
 * A term stands in two databases: its own document, which holds, and the site's list, by which devices know that there
 * is one. No transaction spans both, so a note is left before the first write and taken away after the last: whatever
 * was cut off in between is finished when the terms are looked at again. Notes stay on the device.
 */
import { siteDocId, termDocId, type TermCode } from '$lib/domain/ids.ts';
import { withListedTerm } from '$lib/domain/terms.ts';
import type { Committed } from '$lib/store/commit.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';

/** What the commands of this folder need of a device. */
export type TermDesk = Pick<
  PresenceDevice,
  'site' | 'commons' | 'terms' | 'openTerm' | 'author' | 'describeItself'
>;

export type Failure = Extract<Committed, { ok: false }>['why'];
export type Written = { readonly ok: true } | { readonly ok: false; readonly why: Failure };

const noteKey = 'terms-being-changed';

async function noted(desk: TermDesk): Promise<TermCode[]> {
  const codes = (await desk.commons.note(noteKey))?.terms;
  return Array.isArray(codes) ? codes.filter((code): code is TermCode => typeof code === 'string') : [];
}

const setNoted = (desk: TermDesk, terms: readonly TermCode[]) =>
  desk.commons.setNote(noteKey, terms.length ? { terms } : undefined);

/** Writes the site's list as the term's own document says. */
async function list(desk: TermDesk, code: TermCode): Promise<Written> {
  const replica = await desk.openTerm(code);
  const term = await replica?.store.get('term', termDocId(code));
  if (!term) return { ok: true };
  const done = await desk.commons.commit([
    {
      id: siteDocId(desk.site),
      change: (current) =>
        current?.type === 'site' ? withListedTerm(current, term, desk.author()) : undefined,
    },
  ]);
  return done.ok ? { ok: true } : { ok: false, why: done.why };
}

/** Runs a write to a term's database, then brings the site's list in line with it. */
export async function listedAfter<Result extends { readonly ok: boolean }>(
  desk: TermDesk,
  code: TermCode,
  write: () => Promise<Result>,
): Promise<Result | Written> {
  await setNoted(desk, [...new Set([...(await noted(desk)), code])]);
  const written = await write();
  const listed = written.ok ? await list(desk, code) : { ok: true as const };
  if (!listed.ok) return listed;
  await setNoted(
    desk,
    (await noted(desk)).filter((one) => one !== code),
  );
  return written;
}

/** Finishes what was cut off on this device: call it whenever the terms are shown. */
export async function finishListing(desk: TermDesk): Promise<void> {
  const codes = await noted(desk);
  for (const code of codes) if (!(await list(desk, code)).ok) return;
  if (codes.length) await setNoted(desk, []);
}
