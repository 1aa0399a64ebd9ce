/** What can be wrong or doubtful in a cell of a table that is read in. */

/** The row stays out until the cell is mended or emptied. */
const errorCodes = ['nameMissing', 'dateUnreadable', 'dateUnreal', 'yearOutOfRange'] as const;

export type ErrorCode = (typeof errorCodes)[number];
/** The row goes in: the cell was read with a guess, or is left out. */
export type DoubtCode =
  | 'cut'
  | 'hiddenCharacters'
  | 'brokenLetters'
  | 'formula'
  | 'nameOdd'
  | 'oneName'
  | 'nameSplit'
  | 'monthFirst'
  | 'approximateYear'
  | 'genderUnknown'
  | 'languageUnknown'
  | 'countryUnknown'
  | 'countryAmbiguous'
  | 'departementUnknown'
  | 'statusUnknown'
  | 'phoneOdd'
  | 'severalPhones'
  | 'yesNoUnknown'
  | 'groupUnknown'
  | 'outsideTerm'
  | 'frenchAlone'
  | 'sameWorkshop'
  | 'othersWait'
  | 'differs';
export type IssueCode = ErrorCode | DoubtCode;

const errors: ReadonlySet<string> = new Set(errorCodes);
export const isError = (code: IssueCode): code is ErrorCode => errors.has(code);

/** What a cell says, as far as it could be read, and what is to be said about it. Neither: the cell is empty. */
export interface Reading<Value> {
  readonly value?: Value;
  readonly issue?: IssueCode;
}

/** Something to say about one cell. */
export interface CellIssue {
  readonly column: number;
  readonly code: IssueCode;
}
