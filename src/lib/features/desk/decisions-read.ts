/** What was decided in the last days, by people and silently, with the names to tell it. */
import type { AnyDocument, Decision, DocumentType } from '$lib/domain/documents.ts';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { namesFor, type DeskNames } from './desk-names.ts';
import { deskStores } from './disagreements.ts';

export interface ToldDecision {
  readonly store: Store;
  readonly decision: Decision;
  /** What it is about, as far as it is still here. */
  readonly document: AnyDocument;
  readonly type: DocumentType;
}

export interface FoundDecisions {
  /** The latest first. */
  readonly decisions: readonly ToldDecision[];
  readonly names: DeskNames;
}

/**
 * @param since instant
 * @param isTold whether they are to be told, not only counted
 */
export async function findDecisions(
  desk: Pick<PresenceDevice, 'commons' | 'registry' | 'terms'>,
  kind: Decision['kind'],
  since: string,
  isTold = true,
): Promise<FoundDecisions> {
  const found = await Promise.all(
    deskStores(desk).map(async (store) => {
      const all = await store.ofType('decision');
      const recent = all.filter((one) => one.kind === kind && madeAt(one) >= since);
      return Promise.all(
        recent.map(async (decision) => {
          const type = decision.about.slice(0, decision.about.indexOf(':')) as DocumentType;
          return { store, decision, type, document: await documentOf(store, decision) };
        }),
      );
    }),
  );
  const decisions = found.flat().sort((a, b) => (madeAt(a.decision) < madeAt(b.decision) ? 1 : -1));
  return { decisions, names: await namesFor(desk, isTold ? decisions : []) };
}

/** When it was made; its document is by whoever wrote to it last. */
export const madeAt = ({ at, kind, kept, undone }: Decision): string =>
  kind === 'settled' && undone?.length ? kept.at : at;

/** Who made it. */
export const madeBy = ({ by, kind, kept, undone }: Decision): string =>
  kind === 'settled' && undone?.length ? kept.by : by;

/** Ids of answers and of what is kept by person and list say what they are about. */
async function documentOf(store: Store, { about, kept }: Decision): Promise<AnyDocument> {
  const [type, first, second] = about.split(':');
  const named =
    type === 'mark' || type === 'closing' || type === 'signUp'
      ? { occurrence: first, participant: second }
      : ((await store.leavesOf(about))[0]?.document ?? kept.fields);
  return { ...named, _id: about } as unknown as AnyDocument;
}
