import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A telephone line: a TCP relay to the server that a test can cut and restore. Unlike the browser's own offline
 * switch it cuts service workers too, and in the middle of an answer. Each phone has its own, so one can be offline
 * while another is not.
 */
export interface Line {
  readonly origin: string;
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function openLine(target: () => number): Promise<Line> {
  const open = new Set<Socket>();
  let isCut = false;
  const relay = createServer((phone) => {
    if (isCut) return void phone.destroy();
    const server = connect(target(), '127.0.0.1');
    for (const [one, other] of [
      [phone, server],
      [server, phone],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((ready) => relay.listen(0, '127.0.0.1', ready));
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    origin: `http://localhost:${(relay.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      drop();
    },
    restore() {
      isCut = false;
    },
    async close() {
      drop();
      await new Promise((closed) => relay.close(closed));
    },
  };
}
