/** The table « Moyens mobilisés » of the annual report: what each workshop of each term was done with. */
import type { WorkshopKind } from '../documents.ts';
import { cellAt } from './cell-at.ts';
import type { Indicator, Place } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { weeklyKinds } from './inscription-rows.ts';

export interface MeansColumn {
  readonly kind: WorkshopKind;
  readonly term: string;
  /** `S1.23` */
  readonly label: string;
  readonly inscrits: number;
  readonly groups: number;
  readonly volunteers: number;
  readonly civicService: number;
  readonly staff: number;
  readonly rooms: readonly MeansRoom[];
}

interface MeansRoom {
  readonly venue: string;
  readonly name: string;
  /** The name alone reveals care: for its own team, never in what is published. */
  readonly isSensitive: boolean;
}

/** In the order of the workshops, then of the terms. */
export function meansTable(facts: Facts, indicators: readonly Indicator[]): MeansColumn[] {
  const number = (key: string, at: Place) => cellAt(indicators, key, at).n;
  const roomsOf = new Map<string, Set<string>>();
  for (const { kind, term, venue } of facts.tables.venues) {
    const rooms = roomsOf.get(`${kind} ${term}`) ?? new Set();
    roomsOf.set(`${kind} ${term}`, rooms.add(venue));
  }
  return weeklyKinds.flatMap((kind) =>
    facts.terms.map(({ term, label }): MeansColumn => {
      const leading = (facilitatorKind: string) => number('facilitators', { facilitatorKind, kind, term });
      return {
        ...{ kind, term, label },
        inscrits: number('inscrits', { kind, term }),
        groups: number('groups', { kind, term }),
        volunteers: leading('volunteer'),
        civicService: leading('civicService'),
        staff: leading('staff'),
        rooms: [...(roomsOf.get(`${kind} ${term}`) ?? [])].sort().map((venue) => {
          const room = facts.venues.get(venue);
          return { venue, name: room?.name ?? venue, isSensitive: room?.isSensitive === true };
        }),
      };
    }),
  );
}
