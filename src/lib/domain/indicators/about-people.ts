/** What the tables say of a person: nothing that names them. */
import type { ParticipantId } from '../ids.ts';
import type { InscriptionRow } from './rows.ts';
import type { TermReading } from './term-reading.ts';

export type AboutPerson = Pick<
  InscriptionRow,
  'participant' | 'gender' | 'departement' | 'country' | 'speech'
>;

/** Of the file, where this device holds it; the card of the term says whether a person speaks French. */
export function aboutPerson(participant: ParticipantId, { site, cards }: TermReading): AboutPerson {
  const file = site.files.get(participant);
  const isFrancophone = (file ?? cards.get(participant))?.isFrancophone;
  return {
    participant,
    gender: file === undefined || file.gender === 'unknown' ? undefined : file.gender,
    departement: file?.departement || undefined,
    country: file?.country || undefined,
    speech: isFrancophone === undefined ? undefined : isFrancophone ? 'francophone' : 'allophone',
  };
}
