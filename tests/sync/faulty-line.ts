import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one request. */
export type Fault =
  /** No line at all: nothing reaches the server. */
  | { kind: 'refuse' }
  /** Half of the request's body is sent, then both ends go silent and the line drops. */
  | { kind: 'cut' }
  /** The server does its work; its answer is lost. */
  | { kind: 'swallow' }
  /** A captive portal answers in the server's place. */
  | { kind: 'html' }
  /** The answer stops in the middle, as if it were complete. */
  | { kind: 'truncate' }
  /** The request reaches the server twice; the phone gets the second answer. */
  | { kind: 'twice' }
  /** The answer comes after `ms`, when others may have overtaken it. */
  | { kind: 'slow'; ms: number }
  /** Never answered: the phone's own time limit ends it. */
  | { kind: 'silent' }
  /** Something in between answers with this status. */
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** The server never gets this document of a batch; the answer carries this row for it. */
  | { kind: 'without'; id: string; row: { error: string; reason: string } }
  /** The answer is changed on its way. */
  | { kind: 'rewrite'; change: (body: string, headers: IncomingMessage['headers']) => string };

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Which fault a request meets; `undefined`: none. */
export type FaultOf = (asked: Asked) => Fault | undefined;

/** One phone's way to the server, with what can happen to it. */
export interface FaultyLine {
  readonly origin: string;
  /** Asked for every request. */
  faultOf: FaultOf;
  /** Every request that came, faults included. */
  readonly log: (Asked & { fault: Fault['kind'] | undefined })[];
  close(): Promise<void>;
}

/** The next `count` requests to a path that contains `part` meet the fault. */
export function onNext(part: string, fault: Fault, count = 1): FaultOf {
  let left = count;
  return ({ path }) => (path.includes(part) && left-- > 0 ? fault : undefined);
}

export const isCut: FaultOf = () => ({ kind: 'refuse' });
export const isSound: FaultOf = () => undefined;

function without(body: Buffer, id: string): Buffer {
  const batch = JSON.parse(body.toString()) as { docs: { _id: string }[] };
  return Buffer.from(JSON.stringify({ ...batch, docs: batch.docs.filter((one) => one._id !== id) }));
}

const portal = '<!doctype html><title>Wifi</title><h1>Accept the conditions to go on</h1>';

export async function openFaultyLine(target: () => string): Promise<FaultyLine> {
  const log: FaultyLine['log'] = [];
  const line = createServer((incoming, outgoing) => {
    void relay(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function relay(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const asked = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', body: body.toString() };
    const fault = opened.faultOf(asked);
    log.push({ ...asked, fault: fault?.kind });
    switch (fault?.kind) {
      case 'refuse':
        return void incoming.socket.destroy();
      case 'silent':
        return;
      case 'html':
        return void outgoing.writeHead(200, { 'content-type': 'text/html' }).end(portal);
      case 'status':
        return void outgoing
          .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
          .end(fault.body ?? JSON.stringify({ error: 'gateway', reason: 'in between' }));
      case 'cut':
        await ask(incoming, body, { half: true }).catch(() => undefined);
        return void incoming.socket.destroy();
      case 'twice':
        await ask(incoming, body);
        break;
      case 'slow':
        await new Promise((wait) => setTimeout(wait, fault.ms));
        break;
      default:
    }
    const answer = await ask(incoming, fault?.kind === 'without' ? without(body, fault.id) : body);
    if (fault?.kind === 'swallow') return void incoming.socket.destroy();
    let text: Buffer | string = answer.body;
    if (fault?.kind === 'truncate') text = text.subarray(0, Math.floor(text.length / 2));
    if (fault?.kind === 'without')
      text = JSON.stringify([...(JSON.parse(text.toString()) as object[]), { id: fault.id, ...fault.row }]);
    if (fault?.kind === 'rewrite') text = fault.change(text.toString(), answer.headers);
    const headers = { ...answer.headers, 'content-length': String(Buffer.byteLength(text)) };
    delete headers['transfer-encoding'];
    outgoing.writeHead(answer.status, headers).end(text);
  }

  function ask(
    incoming: IncomingMessage,
    body: Buffer,
    { half = false } = {},
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    const url = new URL(incoming.url ?? '/', target());
    // Plain text both ways, so that an answer can be cut and read.
    const headers = {
      ...incoming.headers,
      host: url.host,
      'accept-encoding': 'identity',
      ...(body.length ? { 'content-length': String(body.length) } : {}),
    };
    return new Promise((resolve, reject) => {
      const request = forward(
        url,
        { method: incoming.method ?? 'GET', headers, agent: false },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 500,
              headers: response.headers,
              body: Buffer.concat(parts),
            }),
          );
        },
      );
      request.on('error', reject);
      // The phone hung up (a long wait given up): so does the line.
      const hangUp = () => request.destroy();
      incoming.socket.once('close', hangUp);
      request.once('close', () => incoming.socket.off('close', hangUp));
      if (!half) return void request.end(body);
      request.write(body.subarray(0, Math.floor(body.length / 2)));
      setTimeout(() => request.destroy(new Error('cut')), 20);
    });
  }

  await new Promise<void>((ready) => line.listen(0, '127.0.0.1', ready));
  const opened: FaultyLine = {
    origin: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    faultOf: isSound,
    log,
    async close() {
      line.closeAllConnections();
      await new Promise((closed) => line.close(closed));
    },
  };
  return opened;
}
