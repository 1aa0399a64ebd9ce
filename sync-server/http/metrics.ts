/** Counters for Prometheus. Labels are patterns and statuses: no name, no id, no address. */
import type { FastifyInstance } from 'fastify';
import { statfsSync } from 'node:fs';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Engine } from '../engine/engine.ts';

export interface Metrics {
  /** Media type of the text. */
  readonly type: string;
  text(): Promise<string>;
  /** Counts the requests of a server from now on. */
  count(http: FastifyInstance): void;
}

/** @param folder whose disk is looked at */
export function countEverything(engine: Engine, folder: string): Metrics {
  const registers = [new Registry()];
  const [register] = registers as [Registry];
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'presence_request_seconds',
    help: 'Requests by method, route and status: how many, how long',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2, 10],
    registers,
  });
  const refused = new Counter({
    name: 'presence_sign_ins_refused_total',
    help: 'Sign-ins with a wrong name or password, or locked out',
    registers,
  });
  const open = new Gauge({
    name: 'presence_requests_open',
    help: 'Requests under way, feeds that stay open included',
    registers,
  });
  new Gauge({
    name: 'presence_databases',
    help: 'Databases on this server',
    registers,
    collect() {
      this.set(engine.names().length);
    },
  });
  new Gauge({
    name: 'presence_disk_free_bytes',
    help: 'Room left on the disk of the data folder',
    registers,
    collect() {
      const disk = statfsSync(folder);
      this.set(disk.bavail * disk.bsize);
    },
  });
  return {
    type: register.contentType,
    text: () => register.metrics(),
    count(http) {
      http.addHook('onRequest', async (request, reply) => {
        open.inc();
        // However it ends: answered, streamed to its end, or left by the client.
        reply.raw.once('close', () => {
          open.dec();
          const { method, routeOptions } = request;
          const status = reply.raw.statusCode;
          const route = routeOptions.url ?? 'none';
          durations.observe({ method, route, status }, reply.elapsedTime / 1000);
          if (route.endsWith('/_session') && method === 'POST' && (status === 401 || status === 403))
            refused.inc();
        });
      });
    },
  };
}
