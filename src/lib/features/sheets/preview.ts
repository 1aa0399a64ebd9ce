/** What a choice gives: the sheets to print, what is not settled about them, and the name of the file. */
import {
  doubtsOf,
  isToSignAgain,
  numberedMeetings,
  sumOfDoubts,
  type Doubts,
} from '$lib/domain/attendance-sheet.ts';
import type { Group, Occurrence } from '$lib/domain/documents.ts';
import type { ExportedFacts } from '$lib/domain/exports/exported.ts';
import { doubtsOfGroup, groupSheet, sheetsOfGroup } from '$lib/domain/group-sheet.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { slugOf } from '$lib/domain/terms.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { TermReplica } from '$lib/sync/device.svelte.ts';
import { readCertificate, type CertifiedPeriod } from './certificate-queries.ts';
import type { Choice, PeriodChoice } from './choice.ts';
import { readNames, readRecords, readTermOfSheets, readUnsent, type SheetStores } from './queries.ts';
import type { ToPrint } from './sheets-worker.ts';

export interface Preview {
  readonly toPrint: readonly ToPrint[];
  readonly doubts: Doubts;
  /** Of the one list; a file of many has as many. */
  readonly version: number | undefined;
  /** The place of a meeting is left out. */
  readonly isPlaceWithheld: boolean;
  /** People whose signature no longer stands for what the one list says. */
  readonly toSignAgain: number;
  readonly fileName: string;
  readonly title: string;
  /** For the journal: which file this is, of which part of the site; it names nobody. */
  readonly exported: Pick<ExportedFacts, 'what' | 'scope'>;
}

/** What there is to choose from. */
export interface Choices {
  readonly groups: readonly Group[];
  /** Of the chosen group, numbered; none that was cancelled. */
  readonly meetings: readonly { readonly number: number; readonly occurrence: Occurrence }[];
}

export async function readChoices(
  replica: TermReplica,
  stores: SheetStores,
  group: string,
): Promise<Choices> {
  const [term, meetings] = await Promise.all([
    readTermOfSheets(stores, replica),
    replica.store.where('occurrence', 'group', group),
  ]);
  return {
    groups: term?.groups ?? [],
    meetings: numberedMeetings(meetings)
      .map((occurrence, place) => ({ number: place + 1, occurrence }))
      .filter(({ occurrence }) => occurrence.state !== 'cancelled'),
  };
}

const nothing: Doubts = { open: 0, unmarked: 0, late: 0, unsent: 0 };
const fileName = (...parts: readonly string[]) => `${parts.map(slugOf).filter(Boolean).join('-')}.pdf`;

/** @returns `undefined` where there is nothing to print @param today local date */
export async function readPreview(
  choice: Choice,
  {
    stores,
    replica,
    terms,
  }: {
    readonly stores: SheetStores;
    readonly replica: TermReplica;
    readonly terms: readonly TermReplica[];
  },
  today: string,
): Promise<Preview | undefined> {
  if (choice.what === 'person') return previewOfPerson(choice, stores, terms, today);
  const [term, names, unsentOf] = await Promise.all([
    readTermOfSheets(stores, replica),
    readNames(stores.registry),
    readUnsent(replica.store),
  ]);
  if (!term) return undefined;
  const scope = { kind: 'terms', terms: [replica.term] } as const;
  const groups = term.groups.filter(({ group }) => choice.what === 'term' || group === choice.group);
  const all = await Promise.all(
    groups.map(async (group) => {
      const records = await readRecords(term, group, replica.store, names);
      return { group, records, sheets: sheetsOfGroup(records) };
    }),
  );
  const [first] = all;
  if (!first) return undefined;
  if (choice.what === 'group') {
    const { records, sheets, group } = first;
    const doubts = doubtsOfGroup(sheets, unsentOf, today);
    const sheet = groupSheet(sheets, records, today);
    return {
      toPrint: [{ kind: 'group', sheet, doubts }],
      ...{ doubts, version: sheet.version, isPlaceWithheld: false, toSignAgain: 0 },
      fileName: fileName(m.sheets_file_group(), group.label, term.term.label),
      title: m.sheets_paper_group(),
      exported: { what: 'groupSheet', scope },
    };
  }
  const chosen = all
    .flatMap(({ sheets }) => sheets)
    .filter(
      ({ state, date, occurrence }) =>
        state !== 'cancelled' && (choice.what === 'term' ? date <= today : occurrence === choice.occurrence),
    );
  if (chosen.length === 0) return undefined;
  const toPrint = chosen.map((sheet): ToPrint & { kind: 'meeting' } => ({
    ...{ kind: 'meeting', sheet },
    doubts: doubtsOf(sheet, unsentOf(sheet)),
  }));
  const [only] = chosen;
  const isOne = choice.what === 'meeting' && only !== undefined;
  return {
    toPrint,
    doubts: sumOfDoubts(toPrint.map(({ doubts }) => doubts)),
    version: isOne ? only.version : undefined,
    isPlaceWithheld: chosen.some(({ place }) => place === undefined),
    toSignAgain: isOne ? [...only.lines, ...only.others].filter(isToSignAgain).length : 0,
    fileName: isOne
      ? fileName(m.sheets_file_sheet(), only.group, only.date)
      : fileName(m.sheets_file_term(), term.term.label),
    title: m.sheets_paper_sheet(),
    exported: { what: 'sheets', scope },
  };
}

function certifiedPeriod(period: PeriodChoice): CertifiedPeriod | undefined {
  if (period.kind === 'year') return { from: `${period.year}-01-01`, to: `${period.year}-12-31` };
  return period.kind === 'dates' ? { from: period.from, to: period.to } : undefined;
}

async function previewOfPerson(
  { participant, period }: Choice,
  stores: SheetStores,
  terms: readonly TermReplica[],
  today: string,
): Promise<Preview | undefined> {
  const isWhole = period.kind !== 'dates' || (period.from !== '' && period.from <= period.to);
  if (!participant || !isWhole) return undefined;
  const asked = period.kind === 'term' ? terms.filter(({ term }) => term === period.term) : terms;
  const bounds = certifiedPeriod(period);
  const sheet = await readCertificate(stores, asked, participant as ParticipantId, bounds, today);
  if (!sheet) return undefined;
  return {
    toPrint: [{ kind: 'certificate', sheet, made: today }],
    doubts: { ...nothing, unmarked: sheet.unmarked },
    ...{ version: undefined, isPlaceWithheld: false, toSignAgain: 0 },
    // A file's name is seen by more people than the file: it names nobody.
    fileName: fileName(m.sheets_file_certificate(), today),
    title: m.sheets_paper_certificate(),
    exported: {
      what: 'certificate',
      scope: bounds ? { kind: 'period', ...bounds } : { kind: 'terms', terms: asked.map(({ term }) => term) },
    },
  };
}
