/**
 * French as it is set: a space that never breaks before ? ! : ; » and after «. The fonts of paper have no narrow one:
 * the wide one stands in its place.
 */
export const typeset = (text: string): string =>
  text
    .replaceAll('\u202F', '\u00A0')
    .replace(/ (?=[?!:;»%])/g, '\u00A0')
    .replace(/« /g, '«\u00A0');
