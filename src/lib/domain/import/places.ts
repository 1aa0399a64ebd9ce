/** Countries and French départements, by any of their names. */
import { normaliseName } from '../names.ts';
import { saysNothing } from './cell-text.ts';
import type { Reading } from './issues.ts';
import { namesOfCodes } from './names-of-codes.ts';

/** What people write and no list of names has: other names, short forms, the people of a country. */
const otherCountryNames: Readonly<Record<string, string>> = {
  AF: 'afghan,afghane,afg,afghanistan islamic',
  AL: 'albanais,albanaise,albanian',
  AM: 'armenien,armenienne,armenian',
  AO: 'angolais,angolaise,angolan',
  AZ: 'azerbaidjanais,azerbaidjanaise,azeri,azerie',
  BD: 'bangladais,bangladaise,bangladeshi,bengladesh,bangla desh,bengali',
  BI: 'burundais,burundaise,burundian',
  BJ: 'beninois,beninoise',
  BF: 'burkinabe,burkina',
  BY: 'bielorusse,belarusse,belarusian',
  CD: 'rdc,rd congo,r d c,drc,dr congo,congo rdc,rep dem du congo,republique democratique du congo,congo kinshasa,democratic republic of congo,democratic republic of the congo,zaire,congo rd,congolais rdc,congolaise rdc,congo democratique',
  CF: 'rca,centrafrique,centrafricain,centrafricaine,republique centrafricaine,central african republic',
  CG: 'congo brazzaville,republique du congo,rep du congo,congo brazza',
  CI: 'cote d ivoire,cote divoire,cote ivoire,ivory coast,ivoirien,ivoirienne,ivorian,rci',
  CM: 'camerounais,camerounaise,cameroonian',
  CN: 'chinois,chinoise,chinese',
  CO: 'colombien,colombienne,colombian',
  CU: 'cubain,cubaine,cuban',
  DJ: 'djiboutien,djiboutienne',
  DZ: 'algerien,algerienne,algerian',
  EG: 'egyptien,egyptienne,egyptian',
  ER: 'erythreen,erythreenne,eritrean,eritree',
  ET: 'ethiopien,ethiopienne,ethiopian',
  FR: 'francais,francaise,french',
  GE: 'georgien,georgienne,georgian',
  GM: 'gambien,gambienne,gambian',
  GN: 'guineen,guineenne,guinee conakry,guinean',
  GW: 'guinee bissau,bissau guineen,bissau guineenne',
  HT: 'haitien,haitienne,haitian',
  IN: 'indien,indienne,indian',
  IQ: 'irakien,irakienne,iraqi,irak,kurdistan irakien',
  IR: 'iranien,iranienne,iranian',
  KM: 'comorien,comorienne',
  KZ: 'kazakh,kazakhe',
  LB: 'libanais,libanaise,lebanese',
  LK: 'srilankais,srilankaise,sri lankais,sri lankaise,sri lankan,tamoul,tamoule',
  LR: 'liberien,liberienne,liberian',
  LY: 'libyen,libyenne,libyan,lybie',
  MA: 'marocain,marocaine,moroccan',
  ML: 'malien,malienne,malian',
  MM: 'birman,birmane,birmanie,burma,burmese,rohingya',
  MN: 'mongol,mongole',
  MR: 'mauritanien,mauritanienne,mauritanian',
  NE: 'nigerien,nigerienne',
  NG: 'nigerian,nigeriane,nigerianne',
  NP: 'nepalais,nepalaise,nepali',
  PE: 'peruvien,peruvienne,peruvian',
  PK: 'pakistanais,pakistanaise,pakistani',
  PS: 'palestinien,palestinienne,palestine,palestinian',
  RU: 'russe,russian,tchetchene,tchetchenie,russie tchetchenie,federation de russie',
  RW: 'rwandais,rwandaise,rwandan',
  SD: 'soudanais,soudanaise,sudanese',
  SL: 'sierra leonais,sierra leonaise,sierraleonais,sierraleonaise,sierra leonean',
  SN: 'senegalais,senegalaise,senegalese',
  SO: 'somalien,somalienne,somali,somalian',
  SS: 'sud soudan,soudan sud,sud soudanais,sud soudanaise,south sudanese',
  SV: 'salvadorien,salvadorienne,salvador',
  SY: 'syrien,syrienne,syrian',
  TD: 'tchadien,tchadienne,chadian',
  TG: 'togolais,togolaise',
  TJ: 'tadjik,tadjike',
  TN: 'tunisien,tunisienne,tunisian',
  TR: 'turc,turque,turkish,turquie kurdistan,kurde de turquie',
  UA: 'ukrainien,ukrainienne,ukrainian',
  UG: 'ougandais,ougandaise,ugandan',
  UZ: 'ouzbek,ouzbeke',
  VE: 'venezuelien,venezuelienne,venezuelan',
  VN: 'vietnamien,vietnamienne,vietnamese',
  XK: 'kosovar,kosovare',
  YE: 'yemenite,yemeni',
};

/** One name, several countries: a person decides. */
const ambiguous = new Map([
  ['congo', 'CD'],
  ['congolais', 'CD'],
  ['congolaise', 'CD'],
  ['congolese', 'CD'],
]);

const countries = namesOfCodes({
  type: 'region',
  codes: () =>
    [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((one) =>
      [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((other) => one + other),
    ),
  isCurrent: (code) =>
    !['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'].includes(code) &&
    Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`,
  others: otherCountryNames,
  locales: ['fr', 'en', 'fa', 'ps', 'ar', 'ti', 'am', 'so', 'ru', 'uk', 'tr', 'es', 'pt', 'bn', 'ku'],
});

/** ISO 3166 alpha-2 from the name of a country or of its people, in French, English or there, or from the code. */
export function readCountry(text: string): Reading<string> {
  if (saysNothing(text)) return {};
  const word = normaliseName(text.replace(/['’]/g, ' '));
  const several = ambiguous.get(word);
  if (several) return { value: several, issue: 'countryAmbiguous' };
  const found = countries().get(word || text.toLowerCase()) ?? countries().get(text.toLowerCase());
  if (found) return { value: found };
  if (/^[a-z]{2}$/i.test(text) && countries.isCode(text.toUpperCase())) return { value: text.toUpperCase() };
  return { issue: 'countryUnknown' };
}

const departementNames =
  '01 Ain,02 Aisne,03 Allier,04 Alpes-de-Haute-Provence,05 Hautes-Alpes,06 Alpes-Maritimes,07 Ardèche,08 Ardennes,' +
  '09 Ariège,10 Aube,11 Aude,12 Aveyron,13 Bouches-du-Rhône,14 Calvados,15 Cantal,16 Charente,17 Charente-Maritime,' +
  "18 Cher,19 Corrèze,2A Corse-du-Sud,2B Haute-Corse,21 Côte-d'Or,22 Côtes-d'Armor,23 Creuse,24 Dordogne,25 Doubs," +
  '26 Drôme,27 Eure,28 Eure-et-Loir,29 Finistère,30 Gard,31 Haute-Garonne,32 Gers,33 Gironde,34 Hérault,' +
  '35 Ille-et-Vilaine,36 Indre,37 Indre-et-Loire,38 Isère,39 Jura,40 Landes,41 Loir-et-Cher,42 Loire,43 Haute-Loire,' +
  '44 Loire-Atlantique,45 Loiret,46 Lot,47 Lot-et-Garonne,48 Lozère,49 Maine-et-Loire,50 Manche,51 Marne,' +
  '52 Haute-Marne,53 Mayenne,54 Meurthe-et-Moselle,55 Meuse,56 Morbihan,57 Moselle,58 Nièvre,59 Nord,60 Oise,61 Orne,' +
  '62 Pas-de-Calais,63 Puy-de-Dôme,64 Pyrénées-Atlantiques,65 Hautes-Pyrénées,66 Pyrénées-Orientales,67 Bas-Rhin,' +
  '68 Haut-Rhin,69 Rhône,70 Haute-Saône,71 Saône-et-Loire,72 Sarthe,73 Savoie,74 Haute-Savoie,75 Paris,' +
  '76 Seine-Maritime,77 Seine-et-Marne,78 Yvelines,79 Deux-Sèvres,80 Somme,81 Tarn,82 Tarn-et-Garonne,83 Var,' +
  '84 Vaucluse,85 Vendée,86 Vienne,87 Haute-Vienne,88 Vosges,89 Yonne,90 Territoire de Belfort,91 Essonne,' +
  "92 Hauts-de-Seine,93 Seine-Saint-Denis,94 Val-de-Marne,95 Val-d'Oise,971 Guadeloupe,972 Martinique,973 Guyane," +
  '974 La Réunion,976 Mayotte';

const spelling = (text: string) => normaliseName(text.replace(/['’]/g, ' '));
const departements = new Map(
  departementNames.split(',').map((one) => {
    const [code = '', ...name] = one.split(' ');
    return [code, spelling(name.join(' '))] as const;
  }),
);
const departementsByName = new Map([...departements].map(([code, name]) => [name, code]));

/** The département of a postal code. Corsica is split by the number of the town. */
function ofPostalCode(code: string): string | undefined {
  if (code.startsWith('20')) return Number(code.slice(2)) < 200 ? '2A' : '2B';
  const [two, three] = [code.slice(0, 2), code.slice(0, 3)];
  const found = two === '97' || two === '98' ? three : two;
  return departements.has(found) ? found : undefined;
}

/** « 75 », 75013, « Paris 13e », « 93 - Seine-Saint-Denis », and 1 or 6200 where a spreadsheet lost the zero. */
export function readDepartement(text: string): Reading<string> {
  if (saysNothing(text)) return {};
  const compact = text
    .toUpperCase()
    .replace(/(?<=\d)[.,]0$/, '')
    .replace(/(?<=\d)\s(?=\d{3}$)/, '');
  const known = (code: string | undefined) => (code && departements.has(code) ? code : undefined);
  const found =
    known(/^(?:0?([1-9]))$/.exec(compact)?.[1]?.padStart(2, '0')) ??
    known(/^(\d{2,3}|2[AB])$/.exec(compact)?.[1]) ??
    (/^\d{4,5}$/.test(compact) ? known(ofPostalCode(compact.padStart(5, '0'))) : undefined);
  if (found) return { value: found };
  const postal = /(?:^|\D)(\d{5})(?:\D|$)/.exec(text)?.[1];
  const named = spelling(text);
  const inside =
    (postal && known(ofPostalCode(postal))) ??
    departementsByName.get(named) ??
    (/^paris\b/.test(named) ? '75' : undefined) ??
    known(/^(\d{2,3}|2[AB])\b/.exec(compact)?.[1]) ??
    known(/\((\d{2,3}|2[AB])\)/.exec(compact)?.[1]);
  return inside ? { value: inside } : { issue: 'departementUnknown' };
}
