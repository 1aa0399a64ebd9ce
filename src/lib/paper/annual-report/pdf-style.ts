/** Measures and looks that all parts of the report on paper share. */
import { ink } from '../pages.ts';

/** Points. */
export const [side, top, foot] = [56, 56, 60];
export const width = 595.28 - 2 * side;
export const soft = { color: ink.soft, fontSize: 9 };
export const star = '#f5c143';
/** Where a definition stands in the annex: figures lead there. */
export const anchorOf = (definition: string) => `definition-${definition}`;
