/** Which part of the site is to be exported, as it is chosen on the page. */
export interface Part {
  readonly kind: 'year' | 'terms' | 'period' | 'everything';
  readonly year: string;
  /** Codes. */
  readonly terms: readonly string[];
  /** Local dates, both included. */
  readonly from: string;
  readonly to: string;
}
