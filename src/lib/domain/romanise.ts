/**
 * Names of other scripts in Latin letters, well enough that a search finds them: not how they should be written, but
 * what the many ways in which clerks write them have in common. Arabic letters leave the short vowels out, so one of
 * them may stand for several Latin ones; the search compares consonants there ({@link isWithoutVowels}).
 */

const table = (rows: string): ReadonlyMap<string, string> =>
  new Map(
    rows
      .trim()
      .split(/\s+/)
      .map((row): [string, string] => {
        const [letter = '', written = ''] = row.split('=');
        return [letter, written];
      }),
  );

/** Arabic, Persian, Pashto, Urdu. The weak letters are vowels or consonants: they are written as consonants here. */
const arabic = table(`
  ا=a ب=b پ=p ت=t ټ=t ث=th ج=j چ=ch ح=h خ=kh ځ=dz څ=ts د=d ډ=d ڈ=d ذ=dh ر=r ړ=r ڑ=r ز=z ژ=zh ږ=g س=s ش=sh ښ=sh
  ص=s ض=dh ط=t ظ=z ع=a غ=gh ف=f ق=q ک=k ك=k گ=g ګ=g ل=l م=m ن=n ڼ=n ں=n و=w ه=h ة=h ۀ=h ہ=h ھ=h ۃ=h ە=h ي=y ی=y
  ى=y ې=y ۍ=y ئ=y ے=y ء=
`);

const cyrillic = table(`
  а=a б=b в=v г=g ґ=g д=d е=e є=ie ж=j з=z и=i і=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh
  щ=sh ъ= ы=y ь= э=e ю=iu я=ia қ=k ғ=g ң=ng ө=o ү=u ұ=u һ=h ә=a ј=j љ=l њ=n ћ=ch ђ=j џ=j
`);

const georgian = table(`
  ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=j რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh ყ=k შ=sh ჩ=ch ც=ts
  ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h
`);

const bengaliConsonants = table(`
  ক=k খ=kh গ=g ঘ=gh ঙ=ng চ=ch ছ=ch জ=j ঝ=jh ঞ=n ট=t ঠ=th ড=d ঢ=dh ণ=n ত=t থ=th দ=d ধ=dh ন=n প=p ফ=f ব=b ভ=bh ম=m
  য=j র=r ল=l শ=sh ষ=sh স=s হ=h ৰ=r ৱ=w
`);
const bengaliVowels = table(`
  অ=a আ=a ই=i ঈ=i উ=u ঊ=u ঋ=ri এ=e ঐ=oi ও=o ঔ=ou া=a ি=i ী=i ু=u ূ=u ৃ=ri ে=e ৈ=oi ো=o ৌ=ou ৎ=t ং=ng ঃ=h ঁ=
`);

/** One row of the syllabary for each eight code points from U+1200: the consonant of the row. */
const ethiopicRows =
  'h l h m s r s sh q qw q qw b v t ch h hw n ny _ k kw kh khw w _ z zh y d d j g gw ng t ch p ts ts f p'.split(
    ' ',
  );
/** The vowel of each place in a row. */
const ethiopicVowels = ['e', 'u', 'i', 'a', 'e', '', 'o', 'wa'];

function ethiopic(code: number): string {
  const consonant = ethiopicRows[Math.floor((code - 0x1200) / 8)];
  if (consonant === undefined) return '';
  const place = (code - 0x1200) % 8;
  // The first vowel of the guttural rows is an open one; their sixth stands alone as a short i.
  if (consonant === '_') return place === 0 ? 'a' : place === 5 ? 'i' : (ethiopicVowels[place] ?? '');
  return consonant + (ethiopicVowels[place] ?? '');
}

/** A word of Bengali letters: a consonant that nothing follows carries an `a`, but at the end of a word. */
function bengali(word: string): string {
  let written = '';
  // The vowels o and ou come apart; they are one letter each.
  const letters = [
    ...word
      .normalize('NFD')
      .replace(/\u09C7\u09BE/g, '\u09CB')
      .replace(/\u09C7\u09D7/g, '\u09CC'),
  ];
  for (const [place, letter] of letters.entries()) {
    const consonant = bengaliConsonants.get(letter);
    if (consonant === undefined) {
      written += bengaliVowels.get(letter) ?? '';
      continue;
    }
    const next = letters[place + 1] ?? '';
    const after = next === '\u09BC' ? (letters[place + 2] ?? '') : next;
    // Jo with a dot below is a y; so is one that is joined to the consonant before it.
    const isSoft = letter === 'য' && (next === '\u09BC' || letters[place - 1] === '\u09CD');
    written += isSoft ? 'y' : consonant;
    if (bengaliConsonants.has(after)) written += 'a';
  }
  return written;
}

const isArabic = /\p{Script=Arabic}/u;

/** Whether a word is written in letters that leave its short vowels out. */
export const isWithoutVowels = (word: string) => isArabic.test(word);

/**
 * One word in lower-case Latin letters, `undefined` for a script that is not known here.
 * @param word decomposed (NFKD) and in lower case, without marks above or below Arabic letters
 */
export function romanise(word: string): string | undefined {
  if (/\p{Script=Bengali}/u.test(word)) return bengali(word);
  let written = '';
  for (const letter of word) {
    const code = letter.codePointAt(0) ?? 0;
    const latin =
      code >= 0x1200 && code < 0x1358
        ? ethiopic(code)
        : (arabic.get(letter) ?? cyrillic.get(letter) ?? georgian.get(letter));
    if (latin !== undefined) written += latin;
    else if (/[a-z0-9]/.test(letter)) written += letter;
    else if (/\p{L}/u.test(letter)) return undefined;
  }
  return written === '' ? undefined : written;
}
