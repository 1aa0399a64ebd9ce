/** Told how much is done of how much; units are the caller's. */
export type Progress = (done: number, total: number) => void;

const width = 30;

/** A bar on a terminal, nothing elsewhere: a log is no place for it. */
export function bar(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return () => undefined;
  return (done, total) => {
    const share = total > 0 ? Math.min(1, done / total) : 1;
    const filled = Math.round(share * width);
    stream.write(
      `\r${label} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${Math.floor(share * 100)} %`,
    );
    if (share === 1) stream.write('\n');
  };
}
