/** On what somebody has to decide: versions that stand against each other, and what was opened again. */
import { openAgain, type StandingVersion } from '$lib/domain/decisions.ts';
import type {
  AnyDocument,
  Decision,
  Device,
  DocumentType,
  Mark,
  MarkEntry,
  MarkStatus,
} from '$lib/domain/documents.ts';
import { fieldDisagreement } from '$lib/domain/field-disagreement.ts';
import type { DocId } from '$lib/domain/ids.ts';
import { disagreementOf } from '$lib/domain/mark-decisions.ts';
import { factsOf, type AnswerFacts } from '$lib/domain/roll-call.ts';
import type { ConflictedDocument } from '$lib/store/leaves.ts';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { namesFor, type DeskNames } from './desk-names.ts';

/** One side: one answer and all who gave it, or one version of a document. */
export interface Side {
  /** Of a mark. */
  readonly status?: MarkStatus | null;
  readonly facts?: AnswerFacts;
  readonly said: readonly Pick<MarkEntry, 'at' | 'by' | 'device' | 'decision'>[];
  /** Of another document: the fields in dispute, as they stand here. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Every field of this version, merged with what nobody disputes. */
  readonly whole?: Readonly<Record<string, unknown>>;
  readonly isDeleted: boolean;
}

export interface Disagreement {
  readonly store: Store;
  readonly id: DocId;
  readonly type: DocumentType;
  /** A document to say what it is about. */
  readonly document: AnyDocument;
  readonly sides: readonly Side[];
  /** Revisions that the screen shows: only these are decided on. */
  readonly seen: readonly string[];
  readonly versions: readonly StandingVersion[];
  /** The decisions that were taken back, to be answered by the next one. */
  readonly reopened: readonly Decision[];
  /** Every answer of a mark, the oldest first. */
  readonly history: readonly MarkEntry[];
  /** The fields in dispute. */
  readonly overlaps: readonly string[];
}

export interface FoundDisagreements {
  readonly disagreements: readonly Disagreement[];
  readonly names: DeskNames;
  readonly devices: ReadonlyMap<string, Device>;
}

/** Tells a question from the next one on the same document: by the versions shown, and by what was taken back. */
export const questionOf = ({ store, id, seen, reopened }: Disagreement): string =>
  JSON.stringify([store.name, id, seen.toSorted(), reopened.map((one) => [one._id, one.undone?.length])]);

type Desk = Pick<PresenceDevice, 'commons' | 'registry' | 'terms'>;

/** The replicas that hold decisions. */
export const deskStores = ({ commons, registry, terms }: Desk): Store[] => [
  ...terms.map(({ store }) => store),
  ...(registry ? [registry] : []),
  commons,
];

/** Everything in dispute on this device; marks first, as the lists were held. */
export async function findDisagreements(desk: Desk): Promise<FoundDisagreements> {
  const found = (await Promise.all(deskStores(desk).map(inStore))).flat();
  const [names, devices] = await Promise.all([
    namesFor(
      desk,
      found.map(({ store, document }) => ({ store, document })),
    ),
    Promise.all(desk.terms.map(({ store }) => store.ofType('device'))),
  ]);
  const orderOf = ({ id }: Disagreement) => (id.startsWith('mark:') ? `0 ${dateIn(id)} ${id}` : `1 ${id}`);
  return {
    disagreements: found.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
    names,
    devices: new Map(devices.flat().map((one) => [one.device as string, one])),
  };
}

/** The day in the id of a mark: the latest lists are in everybody's mind. */
const dateIn = (id: string) => /\.(\d{4}-\d\d-\d\dT\d{4}):/.exec(id)?.[1] ?? '';

/** How many there are, for the badge. */
export async function disagreementCount(desk: Desk): Promise<number> {
  const found = await Promise.all(deskStores(desk).map(inStore));
  return found.reduce((sum, one) => sum + one.length, 0);
}

async function inStore(store: Store): Promise<Disagreement[]> {
  const [conflicts, decisions] = await Promise.all([store.conflicts(), store.ofType('decision')]);
  const reopened = new Map<DocId, Decision[]>();
  for (const decision of openAgain(decisions))
    reopened.set(decision.about, [...(reopened.get(decision.about) ?? []), decision]);
  const found: Disagreement[] = [];
  for (const conflict of conflicts) {
    const one = ofConflict(store, conflict, reopened.get(conflict.id) ?? []);
    if (one) found.push(one);
    reopened.delete(conflict.id);
  }
  const marks = [...reopened.keys()].filter((id) => id.startsWith('mark:'));
  const held = await Promise.all(marks.map((id) => store.get('mark', id)));
  for (const mark of held) {
    const versions = mark ? [{ rev: mark._rev, isDeleted: false, document: mark }] : [];
    const one = mark && ofMarks(store, mark._id, versions, reopened.get(mark._id) ?? []);
    if (one) found.push(one);
  }
  // A list that was opened again is closed anew on its own page.
  for (const [id, taken] of reopened)
    if (!id.startsWith('mark:') && !id.startsWith('closing:')) {
      const one = await ofDecision(store, id, taken);
      if (one) found.push(one);
    }
  return found;
}

function ofConflict(
  store: Store,
  { id, leaves, ancestor }: ConflictedDocument,
  reopened: readonly Decision[],
): Disagreement | undefined {
  const isAlive = leaves.every(({ isDeleted }) => !isDeleted);
  if (isAlive && leaves.every(({ document }) => document.type === 'mark'))
    return ofMarks(store, id, leaves, reopened);
  const alive = leaves.filter(({ isDeleted }) => !isDeleted).map(({ document }) => document);
  const [first] = alive;
  // A decision, a closing or a sign-up merges by itself with the next round.
  if (!first || first.type === 'decision') return undefined;
  if (first.type === 'closing' || (isAlive && first.type === 'signUp')) return undefined;
  const { overlaps, rest } = fieldDisagreement(ancestor, alive);
  if (isAlive && overlaps.length === 0) return undefined;
  const shown = overlaps.length ? overlaps : Object.keys(rest);
  return {
    ...{ store, id, reopened, overlaps },
    type: first.type,
    document: first,
    sides: leaves.map(({ document, isDeleted }) => ({
      ...sideOf(document, isDeleted ? [] : shown, isDeleted),
      whole: { ...rest, ...picked(document, overlaps) },
    })),
    seen: leaves.map(({ rev }) => rev),
    versions: leaves,
    history: first.type === 'mark' ? first.history : [],
  };
}

const picked = (document: object, names: readonly string[]) => {
  const fields = new Map(Object.entries(document));
  return Object.fromEntries(
    names.flatMap((name) => (fields.get(name) === undefined ? [] : [[name, fields.get(name) as unknown]])),
  );
};

const sideOf = (document: AnyDocument, names: readonly string[], isDeleted: boolean): Side => ({
  said: [{ at: document.at, by: document.by, device: document.device }],
  fields: picked(document, names),
  isDeleted,
});

function ofMarks(
  store: Store,
  id: DocId,
  versions: readonly (StandingVersion & { readonly document: AnyDocument })[],
  reopened: readonly Decision[],
): Disagreement | undefined {
  const marks = versions.map(({ document }) => document as Mark);
  const found = disagreementOf(marks);
  if (!found) return undefined;
  return {
    ...{ store, id, type: 'mark', document: found.provisional, versions, reopened, overlaps: [] },
    sides: found.claims.map(({ status, said }) => ({
      ...{ status, said, isDeleted: false },
      facts: factsOf(said.at(-1)),
    })),
    seen: versions.flatMap(({ rev }) => rev ?? []),
    history: found.provisional.history,
  };
}

/** Of a document other than a mark, what a decision that was taken back had kept of its versions. */
async function ofDecision(
  store: Store,
  id: DocId,
  taken: readonly Decision[],
): Promise<Disagreement | undefined> {
  const decision = taken.at(-1);
  if (!decision) return undefined;
  const type = id.slice(0, id.indexOf(':')) as DocumentType;
  const [leaf] = await store.leavesOf(id);
  if (!leaf) return undefined;
  const sides = [decision.kept, ...decision.discarded];
  const names = [...new Set(sides.flatMap(({ fields }) => Object.keys(fields)))].sort();
  const present = { ...leaf.document, _id: id, type } as AnyDocument;
  const rest = leaf.isDeleted ? {} : fieldDisagreement(undefined, [present]).rest;
  const alike = (one: (typeof sides)[number]) => JSON.stringify([one.isDeleted ?? false, one.fields]);
  const distinct = sides.filter((one, at) => sides.findIndex((other) => alike(other) === alike(one)) === at);
  return {
    ...{ store, id, type, document: present, reopened: taken, overlaps: names },
    sides: distinct.map(({ at, by, device, fields, isDeleted }) => ({
      said: [{ at, by, device }],
      fields,
      whole: {
        ...Object.fromEntries(Object.entries(rest).filter(([name]) => !names.includes(name))),
        ...fields,
      },
      isDeleted: isDeleted ?? false,
    })),
    seen: [leaf.rev],
    versions: distinct.map(({ at, by, device, fields, isDeleted }) => ({
      isDeleted: isDeleted ?? false,
      document: { ...fields, at, by, device, _id: id, type } as unknown as AnyDocument,
    })),
    history: [],
  };
}
