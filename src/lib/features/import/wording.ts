/** Words for what an import finds: exhaustively, so that nothing new goes without a word. */
import { m } from '$lib/i18n/paraglide/messages.js';
import { languageName } from '$lib/i18n/participant-languages.ts';
import { getLocale } from '$lib/i18n/paraglide/runtime.js';
import { shortDate } from '$lib/i18n/dates.ts';
import type { AdministrativeStatus, Participant } from '$lib/domain/documents.ts';
import type { FactName } from '$lib/domain/import/facts.ts';
import type { Confidence, ImportField } from '$lib/domain/import/fields.ts';
import type { IssueCode } from '$lib/domain/import/issues.ts';
import type { Verdict } from '$lib/domain/import/plan.ts';
import type { Encoding } from './reading/encoding.ts';
import type { Separator } from './reading/delimited.ts';
import type { FlowFailure } from './import-flow.svelte.ts';
import type { IconName } from '$lib/ui/icons.ts';

export const fieldName = (field: ImportField): string =>
  ({
    familyName: m.import_field_familyName,
    firstName: m.import_field_firstName,
    fullName: m.import_field_fullName,
    gender: m.import_field_gender,
    birth: m.import_field_birth,
    age: m.import_field_age,
    languages: m.import_field_languages,
    francophone: m.import_field_francophone,
    departement: m.import_field_departement,
    country: m.import_field_country,
    status: m.import_field_status,
    statusFrom: m.import_field_statusFrom,
    referrer: m.import_field_referrer,
    phone: m.import_field_phone,
    consent: m.import_field_consent,
    lastContact: m.import_field_lastContact,
    group: m.import_field_group,
    entry: m.import_field_entry,
  })[field]();

export const confidenceWord = (confidence: Confidence): string =>
  ({ sure: m.import_sure, likely: m.import_likely, content: m.import_by_content })[confidence]();

export const issueReason = (code: IssueCode): string =>
  ({
    nameMissing: m.import_issue_nameMissing,
    dateUnreadable: m.import_issue_dateUnreadable,
    dateUnreal: m.import_issue_dateUnreal,
    yearOutOfRange: m.import_issue_yearOutOfRange,
    cut: m.import_issue_cut,
    hiddenCharacters: m.import_issue_hiddenCharacters,
    brokenLetters: m.import_issue_brokenLetters,
    formula: m.import_issue_formula,
    nameOdd: m.import_issue_nameOdd,
    oneName: m.import_issue_oneName,
    nameSplit: m.import_issue_nameSplit,
    monthFirst: m.import_issue_monthFirst,
    approximateYear: m.import_issue_approximateYear,
    genderUnknown: m.import_issue_genderUnknown,
    languageUnknown: m.import_issue_languageUnknown,
    countryUnknown: m.import_issue_countryUnknown,
    countryAmbiguous: m.import_issue_countryAmbiguous,
    departementUnknown: m.import_issue_departementUnknown,
    statusUnknown: m.import_issue_statusUnknown,
    phoneOdd: m.import_issue_phoneOdd,
    severalPhones: m.import_issue_severalPhones,
    yesNoUnknown: m.import_issue_yesNoUnknown,
    groupUnknown: m.import_issue_groupUnknown,
    outsideTerm: m.import_issue_outsideTerm,
    frenchAlone: m.import_issue_frenchAlone,
    sameWorkshop: m.import_issue_sameWorkshop,
    othersWait: m.import_issue_othersWait,
    differs: m.import_issue_differs,
  })[code]();

export const verdictWord = (verdict: Verdict): string =>
  ({
    new: m.import_verdict_new,
    updated: m.import_verdict_updated,
    known: m.import_verdict_known,
    ask: m.import_verdict_ask,
    error: m.import_verdict_error,
    left: m.import_verdict_left,
  })[verdict]();

type Tone = 'plain' | 'pending' | 'ok' | 'alert' | 'info';

/** Never by colour alone: a sign for each. */
export const verdictLook: Readonly<Record<Verdict, { tone: Tone; icon: IconName }>> = {
  new: { tone: 'ok', icon: 'plus' },
  updated: { tone: 'info', icon: 'note' },
  known: { tone: 'plain', icon: 'check' },
  ask: { tone: 'pending', icon: 'people' },
  error: { tone: 'alert', icon: 'warning' },
  left: { tone: 'plain', icon: 'dash' },
};

export const failureText = (why: FlowFailure): { title: string; text: string } => {
  switch (why) {
    case 'tooBig':
      return { title: m.import_fail_too_big(), text: m.import_fail_too_big_body() };
    case 'oldExcel':
      return { title: m.import_fail_old_excel(), text: m.import_fail_old_excel_body() };
    case 'notReadable':
      return { title: m.import_fail_unreadable(), text: m.import_fail_unreadable_body() };
    case 'empty':
      return { title: m.import_fail_empty(), text: m.import_fail_empty_body() };
    case 'tooManyRows':
      return { title: m.import_fail_rows(), text: m.import_fail_rows_body() };
    case 'quota':
      return { title: m.import_fail_quota(), text: m.import_fail_quota_body() };
    case 'noTerm':
      return { title: m.import_fail_term(), text: m.import_fail_term_body() };
    case 'closed':
    case 'failed':
      return { title: m.import_fail_writing(), text: m.import_fail_writing_body() };
    case 'worker':
      return { title: m.import_fail_worker(), text: m.import_fail_worker_body() };
    default:
      return why satisfies never;
  }
};

export const encodingName = (encoding: Encoding): string =>
  ({
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16',
    'utf-16be': 'UTF-16',
    'windows-1252': 'Windows-1252',
    macintosh: 'Mac Roman',
  })[encoding];

export const separatorName = (separator: Separator): string =>
  ({
    ';': m.import_separator_semicolon,
    ',': m.import_separator_comma,
    '\t': m.import_separator_tab,
    '|': m.import_separator_bar,
  })[separator]();

const genderWord = (gender: Participant['gender']): string =>
  ({
    woman: m.import_gender_woman,
    man: m.import_gender_man,
    other: m.import_gender_other,
    unknown: m.import_gender_unknown,
  })[gender]();

const statusWord = (status: string): string =>
  (
    ({
      asylumSeeker: m.import_status_asylumSeeker,
      refugee: m.import_status_refugee,
      subsidiaryProtection: m.import_status_subsidiaryProtection,
      temporaryProtection: m.import_status_temporaryProtection,
      stateless: m.import_status_stateless,
      otherPermit: m.import_status_otherPermit,
      refused: m.import_status_refused,
      unknown: m.import_gender_unknown,
    }) satisfies Record<AdministrativeStatus, () => string>
  )[status as AdministrativeStatus]?.() ?? status;

const countryName = (code: string) =>
  new Intl.DisplayNames([getLocale()], { type: 'region', fallback: 'code' }).of(code) ?? code;

/** What a fact says, in words. */
export function factWord(fact: FactName | 'name', value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  switch (fact) {
    case 'gender':
      return genderWord(value as Participant['gender']);
    case 'languages':
      return (value as string[]).map(languageName).join(', ') || '—';
    case 'isFrancophone':
      return value ? m.import_yes() : m.import_no();
    case 'country':
      return countryName(String(value));
    case 'status':
      return statusWord(String(value));
    case 'consent':
      return value === true ? m.import_yes() : `${shortDate(String(value))} ${String(value).slice(0, 4)}`;
    case 'lastContact':
      return `${shortDate(String(value))} ${String(value).slice(0, 4)}`;
    default:
      return String(value);
  }
}
