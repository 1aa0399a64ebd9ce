/** The list that a printed page was made from, found again and read for copying. */
import { attendanceSheet, type AttendanceSheet, type SheetLine } from '$lib/domain/attendance-sheet.ts';
import type { Occurrence } from '$lib/domain/documents.ts';
import { occurrenceDocId, type OccurrenceId, type TermCode } from '$lib/domain/ids.ts';
import { isKeyOf } from '$lib/domain/sheet-codes.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';
import { readNames, readRecords, readTermOfSheets, type SheetStores } from './queries.ts';

/** Which meeting a page is about. */
export interface FoundList {
  readonly term: TermCode;
  readonly occurrence: OccurrenceId;
}

/** Those of the device's meetings that a key may mean: one, but for a chance in millions where it was typed. */
export async function listsOfKey(terms: readonly TermReplica[], key: string): Promise<FoundList[]> {
  const found = await Promise.all(
    terms.map(async ({ term, store }) => {
      const meetings: Occurrence[] = await store.ofType('occurrence');
      return meetings
        .filter(({ occurrence }) => isKeyOf(key, occurrenceDocId(occurrence)))
        .map(({ occurrence }): FoundList => ({ term, occurrence }));
    }),
  );
  return found.flat();
}

/** A list as it stands now, its lines in the order of the paper. */
export interface CopiedList {
  readonly replica: TermReplica;
  readonly occurrence: Occurrence;
  readonly sheet: AttendanceSheet;
  readonly lines: readonly SheetLine[];
  /** Nobody is expected: without an answer a person is not unanswered. */
  readonly isOpenRoster: boolean;
}

/** @returns `undefined` while its documents are not here */
export async function readCopiedList(
  { term, occurrence: id }: FoundList,
  terms: readonly TermReplica[],
  stores: SheetStores,
): Promise<CopiedList | undefined> {
  const replica = terms.find((one) => one.term === term);
  const [known, occurrence, names] = await Promise.all([
    replica && readTermOfSheets(stores, replica),
    replica?.store.get('occurrence', occurrenceDocId(id)),
    readNames(stores.registry),
  ]);
  const group = known?.groups.find((one) => one.group === occurrence?.group);
  if (!replica || !known || !occurrence || !group) return undefined;
  const records = await readRecords(known, group, replica.store, names);
  const sheet = attendanceSheet(occurrence, records);
  const type = known.workshopTypes.find(({ workshopType }) => workshopType === group.workshopType);
  return {
    ...{ replica, occurrence, sheet, isOpenRoster: type?.hasOpenRoster ?? false },
    lines: [...sheet.lines, ...sheet.others],
  };
}
