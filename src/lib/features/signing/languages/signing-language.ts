/** What the screen says to whoever signs: few sentences, short and plain, in the person's own language. */
import type { WorkshopType } from '$lib/domain/documents.ts';

interface Sentences {
  /** Sign here, please. */
  readonly title: string;
  /** What the signature says, and nothing more. */
  readonly purpose: string;
  /** The spoken name of the box. */
  readonly box: string;
  readonly clear: string;
  readonly confirm: string;
  /** Nothing was drawn yet. */
  readonly empty: string;
  readonly notMe: string;
  /** Opens the three answers below. */
  readonly cannot: string;
  readonly instead: string;
  readonly wasThere: string;
  readonly unable: string;
  readonly refuse: string;
  readonly back: string;
  readonly thanks: string;
  readonly kept: string;
  readonly handBack: string;
  readonly again: string;
  readonly notKept: string;
  readonly handOver: string;
  /** Under the button that confirms: what comes next. */
  readonly afterwards: string;
  /** Of the choice of a language. */
  readonly language: string;
}

/** Dates of a language that browsers do not know: from Monday, from January. */
interface OwnDates {
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  /** A language whose digits are the same. */
  readonly digitsOf: string;
  /** Between the day of the week and the day of the month. */
  readonly between: string;
}

export interface SigningLanguage {
  /** BCP 47. */
  readonly code: string;
  readonly ownName: string;
  readonly dir: 'ltr' | 'rtl';
  readonly dates?: OwnDates;
  readonly sentences: Sentences;
  readonly workshops: Readonly<Record<WorkshopType['kind'], string>>;
}
