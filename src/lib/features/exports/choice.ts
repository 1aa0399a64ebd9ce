/** What is to be exported, as it is chosen. */
import type { ExportFormat } from '$lib/domain/documents.ts';
import type { Scope } from '$lib/domain/indicators/scope.ts';

export type ExportWhat = 'data' | 'beneficiaries';

export interface ExportChoice {
  readonly what: ExportWhat;
  readonly format: Exclude<ExportFormat, 'pdf' | 'docx'>;
  /** None: everything that this device holds. */
  readonly scope: Scope | undefined;
  readonly isPseudonymised: boolean;
}

/** Of the file that comes out; tables of other programs come together in one archive. */
export const endingOf = ({ what, format }: ExportChoice): string =>
  what === 'data' && format === 'csv' ? 'zip' : format;

const types: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv;charset=utf-8',
  zip: 'application/zip',
  json: 'application/json',
};
export const mediaTypeOf = (choice: ExportChoice): string => types[endingOf(choice)] ?? '';
