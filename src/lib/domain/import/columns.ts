/** Which column is what: by its header in French or English, in many spellings, else by what stands in it. */
import { cleanText, saysNothing } from './cell-text.ts';
import { readDate } from './dates.ts';
import { repeatable, type ColumnGuess, type Grid, type ImportField } from './fields.ts';
import { headerKey } from './header-key.ts';
import { readLanguages } from './languages.ts';
import { readCountry, readDepartement } from './places.ts';
import { readStatus } from './statuses.ts';
import { readGender, readPhone } from './values.ts';

/** Whole headers, as {@link headerKey} leaves them; apart by a comma. */
const spellings: Readonly<Record<ImportField, string>> = {
  familyName:
    'nom,noms,nom de famille,nom famille,nom usuel,nom d usage,nom usage,nom de naissance,patronyme,nom du participant,nom participant,nom du beneficiaire,nom beneficiaire,nom de la personne,family name,familyname,last name,lastname,surname,family,nom de jeune fille',
  firstName:
    'prenom,prenoms,prenom s,prenom usuel,prenom du participant,prenom participant,prenom beneficiaire,prenom de la personne,first name,firstname,first names,given name,given names,forename,forenames',
  fullName:
    'nom et prenom,nom et prenoms,noms et prenoms,nom prenom,noms prenoms,nom prenoms,nom et prenom s,nom s et prenom s,prenom et nom,prenom nom,prenoms et noms,prenom s et nom s,nom complet,full name,fullname,name,names,participant,participants,participante,participant e,participant e s,beneficiaire,beneficiaires,personne,identite,stagiaire,stagiaires,apprenant,apprenants,apprenant e s,name and surname,first and last name,nom prenom du participant',
  gender:
    'sexe,genre,civilite,civ,h f,f h,m f,f m,homme femme,h ou f,sexe h f,sexe f h,sexe m f,genre h f,genre f h,m mme,mr mme,m mme mlle,titre de civilite,gender,sex,title,gender m f,sex m f',
  birth:
    'date de naissance,date naissance,annee de naissance,annee naissance,an naissance,naissance,ne le,nee le,ne e le,ne nee le,ne en,nee en,ne e en,ddn,d d n,date de nais,date nais,dob,date of birth,birth date,birthdate,birthday,year of birth,birth year,birthyear,yob,born,annee',
  age: 'age,age actuel,ages',
  languages:
    'langue,langues,langue s,langues parlees,langue parlee,langue s parlee s,langue maternelle,langues maternelles,langue 1,langue 2,langue 3,autres langues,autre langue,langue d origine,langue premiere,language,languages,spoken languages,languages spoken,mother tongue,native language,first language,other languages',
  francophone:
    'francophone,francophone o n,francophone oui non,francophonie,est francophone,parle francais,parle le francais,french speaker,french speaking,speaks french,francophone yes no',
  departement:
    'departement,departements,dept,dep,dpt,dpt de domiciliation,departement de domiciliation,departement de residence,departement d habitation,domiciliation,lieu de domiciliation,code postal,cp,code postale,zip,zip code,zipcode,postal code,postcode,department,code departement,n departement,cp ville',
  country:
    'pays,pays d origine,pays origine,pays de naissance,nationalite,nationalites,origine,country,countries,country of origin,country of birth,nationality,home country,pays nationalite',
  status:
    'statut,statuts,statut administratif,situation administrative,situation,statut juridique,statut actuel,type de protection,protection,titre de sejour,status,administrative status,legal status,immigration status,statut ofpra',
  statusFrom:
    'date du statut,date statut,date de statut,date d obtention du statut,date obtention statut,date d obtention,date obtention,date de protection,date de la protection,date bpi,date d obtention de la protection,statut depuis,status date,date of status,status since,date ofpra,date de decision,date decision',
  referrer:
    'prescripteur,prescripteurs,prescriptrice,prescripteur rice,prescripteur trice,prescripteur prescriptrice,referent,referente,referent e,referent social,referent e social e,referente sociale,oriente par,orientee par,oriente e par,orienteur,orientation,structure,structure prescriptrice,structure orientrice,structure d orientation,structure referente,travailleur social,travailleuse sociale,partenaire,partenaire prescripteur,referrer,referred by,social worker,organisme,organisme prescripteur,prescribed by,referring organisation,referring organization,envoye par',
  phone:
    'telephone,telephones,tel,tels,portable,mobile,numero de telephone,numero telephone,numero,n de telephone,n telephone,no de telephone,num tel,num de tel,no tel,n tel,n de tel,telephone portable,tel portable,tel mobile,telephone mobile,phone,phone number,phonenumber,mobile phone,cell,cell phone,gsm,whatsapp,contact',
  consent:
    'consentement,consentement rgpd,consentement signe,rgpd,accord,accord rgpd,autorisation,consent,consent given,consent date,gdpr,gdpr consent,date de consentement,date du consentement,consentement le',
  lastContact:
    'dernier contact,date du dernier contact,date dernier contact,date de dernier contact,last contact,last contacted,last contact date',
  group:
    'groupe,groupes,groupe s,groupe 1,groupe 2,groupe 3,groupe atelier,groupe d atelier,groupe socioprofessionnel,groupe socio pro,groupe sociopro,groupe asp,groupe linguistique,groupe francais,groupe de francais,groupe fle,groupe numerique,groupe conversation,atelier,ateliers,atelier s,atelier 1,atelier 2,atelier groupe,nom du groupe,group,groups,group name,workshop,workshops,class,classe,cours',
  entry:
    'date d entree,date entree,date d entree dans le groupe,entree,entree le,entre le,date d inscription,date inscription,inscription,inscrit le,inscrite le,inscrit e le,date de debut,debut,date d arrivee,date arrivee,arrivee,entry date,entry,start date,enrolment date,enrollment date,enrolled on,date of entry,date of enrolment,joined,joined on,date d entree en formation,date d integration',
};

const bySpelling = new Map(
  Object.entries(spellings).flatMap(([field, list]) =>
    list.split(',').map((spelling) => [spelling, field as ImportField] as const),
  ),
);

/** Parts of longer headers, the most telling first. */
const parts: readonly (readonly [ImportField, RegExp])[] = [
  ['fullName', /\bnoms?\b.*\bprenoms?\b|\bprenoms?\b.*\bnoms?\b|\bfull ?name\b/],
  ['lastContact', /dernier contact|last contact/],
  ['consent', /consent|\brgpd\b|\bgdpr\b/],
  ['statusFrom', /\bdate\b.*\b(?:statut|status|protection|bpi|ofpra|cnda|obtention)\b/],
  ['birth', /naissance|\bbirth\b|\bne e? ?le\b/],
  ['entry', /\b(?:date|jour)\b.*\b(?:entree|inscription|debut|arrivee|entry|start|enrol\w*)\b/],
  ['firstName', /\bprenoms?\b|\b(?:first|given) names?\b/],
  ['country', /\bpays\b|nationalit|\bcountry\b/],
  ['departement', /\bdepartement\b|domicili|code postal|\bpost(?:al )?code\b|\bzip\b/],
  ['phone', /\btel(?:ephone)?s?\b|\bportable\b|\bphone\b|\bmobile\b/],
  ['languages', /\blangues?\b|\blanguages?\b/],
  ['francophone', /francophon|french speak/],
  ['gender', /\bsexe?\b|\bgenre\b|\bgender\b|\bcivilite\b/],
  ['status', /\bstatut\b|\bstatus\b|situation administrative|titre de sejour/],
  ['referrer', /prescript|\breferent\w*|\borient(?:e|ee|eur|rice)\b|\breferr/],
  ['group', /\bgroupes?\b|\bateliers?\b|\bgroup\b|\bworkshops?\b/],
  ['age', /\bage\b/],
  ['familyName', /^noms?\b|\bnom$|\b(?:family|last) ?name\b|\bsurname\b/],
];

/** Columns that lists often have and that are not read here. */
const notRead =
  /^(?:n|no|num|numero d ordre|id|identifiant|ref|reference|e ?mail|mail|courriel|adresse(?: .*)?|address|ville|observations?|commentaires?|remarques?|notes?|comments?|niveau(?: .*)?|level|signature|emargement|presences?|absences?|total|date de sortie|sortie|motif.*|numero (?:agdref|etranger|ofpra).*)$/;

/** What a header alone tells. */
export function fieldOfHeader(header: string): ColumnGuess | undefined {
  const key = headerKey(header);
  if (key === '') return undefined;
  const exact = bySpelling.get(key) ?? bySpelling.get(key.replace(/ \d$/, ''));
  if (exact) return { field: exact, confidence: 'sure' };
  if (notRead.test(key) || key.length > 60) return undefined;
  const part = parts.find(([, pattern]) => pattern.test(key));
  return part && { field: part[0], confidence: 'likely' };
}

const sampleSize = 40;

/** What most cells of a column are, where no header tells. */
function fieldOfContent(cells: readonly string[], today: string): ImportField | undefined {
  const texts = cells.filter((text) => !saysNothing(text));
  if (texts.length < 2) return undefined;
  const most = (isSuch: (text: string) => boolean) => texts.filter(isSuch).length >= texts.length * 0.7;
  const context = { order: 'dayFirst', today } as const;
  const isRead = (read: { value?: unknown; issue?: unknown }) => read.value !== undefined && !read.issue;
  if (most((text) => isRead(readGender(text)))) return 'gender';
  if (most((text) => /^(?:0|\+33|\+)[\d .]{8,}$/.test(text) && isRead(readPhone(text)))) return 'phone';
  const dates = texts.map((text) => (/^\d{4}$/.test(text) ? `${text}-01-01` : text));
  const years = dates.map((text) => Number(readDate(text, context).value?.slice(0, 4)));
  const known = years.filter((year) => !Number.isNaN(year));
  if (known.length >= texts.length * 0.7) {
    const adults = known.filter((year) => year <= Number(today.slice(0, 4)) - 14).length;
    return adults >= known.length * 0.7 ? 'birth' : 'entry';
  }
  if (most((text) => /\d{2}/.test(text) && isRead(readDepartement(text)))) return 'departement';
  if (most((text) => isRead(readCountry(text)))) return 'country';
  if (most((text) => isRead(readLanguages(text)))) return 'languages';
  if (most((text) => isRead(readStatus(text)))) return 'status';
  return undefined;
}

const rank: Record<ColumnGuess['confidence'], number> = { sure: 0, likely: 1, content: 2 };

/**
 * What each column is taken for. A field that only one column may hold goes to the surest, the leftmost among equals.
 * @param rows the rows below the header, of which some are looked at
 */
export function recogniseColumns(
  headers: readonly string[],
  rows: Grid,
  today: string,
): (ColumnGuess | undefined)[] {
  const step = Math.max(1, Math.floor(rows.length / sampleSize));
  const sample = rows.filter((_, index) => index % step === 0).slice(0, sampleSize);
  const guesses = headers.map((header, column) => {
    const told = fieldOfHeader(header);
    if (told || notRead.test(headerKey(header))) return told;
    const field = fieldOfContent(
      sample.map((row) => cleanText(row[column] ?? '').text),
      today,
    );
    return field && ({ field, confidence: 'content' } as const);
  });
  // “Name” beside “First name” is the family name; « Nom et prénom » over two columns is both, one each.
  const has = (field: ImportField) => guesses.some((guess) => guess?.field === field);
  const whole = guesses.findIndex((guess) => guess?.field === 'fullName');
  if (whole >= 0 && has('firstName') && !has('familyName'))
    guesses[whole] = { field: 'familyName', confidence: 'likely' };
  else if (whole >= 0 && isSplitBelow(headers, sample, whole)) {
    const isFirstFirst = /^prenom|^first/.test(headerKey(headers[whole] ?? ''));
    guesses[whole] = { field: isFirstFirst ? 'firstName' : 'familyName', confidence: 'likely' };
    guesses[whole + 1] = { field: isFirstFirst ? 'familyName' : 'firstName', confidence: 'likely' };
  }
  // A date of birth says more than an age.
  const surest = new Map<ImportField, number>();
  guesses.forEach((guess, column) => {
    if (!guess || repeatable.has(guess.field)) return;
    const held = guesses[surest.get(guess.field) ?? -1];
    if (!held || rank[guess.confidence] < rank[held.confidence]) surest.set(guess.field, column);
  });
  return guesses.map((guess, column) => {
    if (!guess) return undefined;
    if (guess.field === 'age' && surest.has('birth')) return undefined;
    // By content alone, one column of a kind is enough: a second one is for a person to say.
    if (repeatable.has(guess.field))
      return guess.confidence === 'content' &&
        guesses.some((one) => one !== guess && one?.field === guess.field)
        ? undefined
        : guess;
    return surest.get(guess.field) === column ? guess : undefined;
  });
}

/** A merged header: the column to its right has none, and holds single words as it does itself. */
function isSplitBelow(headers: readonly string[], sample: Grid, column: number): boolean {
  if (headers[column + 1] === undefined || headerKey(headers[column + 1] ?? '') !== '') return false;
  const filled = sample.filter((row) => cleanText(row[column + 1] ?? '').text !== '').length;
  return filled >= sample.length / 2 && filled > 0;
}
