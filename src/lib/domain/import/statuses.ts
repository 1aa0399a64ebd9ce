/** A person's administrative status, as offices and associations write it. */
import type { AdministrativeStatus } from '../documents.ts';
import { normaliseName } from '../names.ts';
import { saysNothing } from './cell-text.ts';
import type { Reading } from './issues.ts';

/** The first that is found decides: « réfugié débouté » does not exist, « débouté de l'asile » does. */
const spellings: readonly (readonly [AdministrativeStatus, RegExp])[] = [
  ['refused', /\bdebout|\brefused\b|\brejet|\boqtf\b/],
  ['subsidiaryProtection', /subsidiair|subsidiary|^ps$|\bbps\b/],
  [
    'temporaryProtection',
    /protection temporaire|temporary protection|^pt$|^apt?s?$|^bpt$|deplacee? d ukraine/,
  ],
  ['stateless', /apatrid|stateless/],
  [
    'asylumSeeker',
    /demandeu|demande d asile|^da$|\bdemande asile\b|asylum seeker|asylumseeker|^asile$|\bada\b|ofpra|cnda|dublin|en attente|en procedure|attestation/,
  ],
  [
    'refugee',
    /refugi|refugee|^ref$|^bpi$|beneficiaire de la protection|protection internationale|statutaire/,
  ],
  [
    'otherPermit',
    /titre de sejour|carte de (?:resident|sejour)|\bvpf\b|vie privee|recepisse|regularis|visa|permit|otherpermit|salarie|etudiant|francaise?$|\bts\b/,
  ],
  ['unknown', /^autre|^other/],
];

/** « Demandeur d'asile », « BPI », « réfugié statutaire », “subsidiary protection”. */
export function readStatus(text: string): Reading<AdministrativeStatus> {
  if (saysNothing(text)) return {};
  const word = normaliseName(text.replace(/['’]/g, ' '));
  const found = spellings.find(([, spelling]) => spelling.test(word));
  return found ? { value: found[0] } : { issue: 'statusUnknown' };
}
