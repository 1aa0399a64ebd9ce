/** What a site says beside its terms: its time zone, its kinds of workshops, who its people are. */
import type {
  AnyDocument,
  Exit,
  Participant,
  Theme,
  Venue,
  WorkshopKind,
  WorkshopType,
} from '../documents.ts';
import { workshopKinds } from '../documents/commons.ts';
import type { GroupId, ParticipantId, SiteCode, ThemeId, VenueCode, WorkshopTypeCode } from '../ids.ts';

/** Everything that is held of a site; each document once, in any order. */
export interface SiteDocuments {
  readonly commons: readonly AnyDocument[];
  /** Empty on a device that holds none: gender, address and country are unknown then. */
  readonly registry: readonly AnyDocument[];
  /** One for each database of a term. */
  readonly terms: readonly (readonly AnyDocument[])[];
}

export interface SiteReading {
  readonly site: SiteCode;
  readonly timeZone: string;
  readonly kindOf: (type: WorkshopTypeCode) => WorkshopKind | undefined;
  readonly workshopTypes: ReadonlyMap<WorkshopTypeCode, WorkshopType>;
  readonly venues: ReadonlyMap<VenueCode, Venue>;
  readonly themes: ReadonlyMap<ThemeId, Theme>;
  readonly files: ReadonlyMap<ParticipantId, Participant>;
  readonly exitOf: (group: GroupId, participant: ParticipantId) => Exit | undefined;
  /** Whom an id stands for: two files that became one are one person. */
  readonly personOf: (participant: ParticipantId) => ParticipantId;
  /** Those who became part of another, and those whom others became part of. */
  readonly merged: ReadonlySet<ParticipantId>;
}

const isKind = (code: string): code is WorkshopKind => (workshopKinds as readonly string[]).includes(code);

/** Longest row of merges that is followed: a ring of them ends too. */
const mostMerges = 50;

function personsOf(files: ReadonlyMap<ParticipantId, Participant>): SiteReading['personOf'] {
  return (participant) => {
    let person = participant;
    for (let steps = 0; steps < mostMerges; steps++) {
      const into = files.get(person)?.mergedInto;
      if (into === undefined) return person;
      person = into;
    }
    return participant;
  };
}

export function readSite({ commons, registry }: Pick<SiteDocuments, 'commons' | 'registry'>): SiteReading {
  const workshopTypes = new Map<WorkshopTypeCode, WorkshopType>();
  const venues = new Map<VenueCode, Venue>();
  const themes = new Map<ThemeId, Theme>();
  const files = new Map<ParticipantId, Participant>();
  const noted: Exit[] = [];
  let [site, timeZone] = ['' as SiteCode, 'Europe/Paris'];
  for (const document of commons)
    if (document.type === 'site') [site, timeZone] = [document.site, document.timezone];
    else if (document.type === 'workshopType') workshopTypes.set(document.workshopType, document);
    else if (document.type === 'venue') venues.set(document.venue, document);
    else if (document.type === 'theme') themes.set(document.theme, document);
  for (const document of registry)
    if (document.type === 'participant') files.set(document.participant, document);
    else if (document.type === 'exit') noted.push(document);
  const personOf = personsOf(files);
  const exits = new Map(noted.map((exit) => [`${exit.group} ${personOf(exit.participant)}`, exit]));
  return {
    ...{ site, timeZone, workshopTypes, venues, themes, files },
    kindOf: (type) => workshopTypes.get(type)?.kind ?? (isKind(type) ? type : undefined),
    exitOf: (group, participant) => exits.get(`${group} ${participant}`),
    personOf,
    merged: new Set(
      [...files.values()].flatMap(({ participant, mergedInto }) =>
        mergedInto === undefined ? [] : [participant, personOf(participant)],
      ),
    ),
  };
}
