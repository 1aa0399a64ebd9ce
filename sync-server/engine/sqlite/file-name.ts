/** The file of a database. */

/**
 * A file name from which the name can be read back, that no name can lead out of the folder, and that differs even
 * where the file system ignores case: letters, digits, `-` and `_` stay, anything else is `=` and its hexadecimal code.
 */
export const fileNameOf = (database: string) =>
  `${[...Buffer.from(database)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[a-z0-9_-]/.test(char) ? char : `=${byte.toString(16).padStart(2, '0')}`;
    })
    .join('')}.sqlite`;

/** The database of a file, `undefined` for a file that is none. */
export function databaseOf(fileName: string): string | undefined {
  const match = /^((?:[a-z0-9_-]|=[0-9a-f]{2})+)\.sqlite$/.exec(fileName);
  return match?.[1] === undefined
    ? undefined
    : Buffer.from(
        match[1].replace(/=([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString('utf8');
}
