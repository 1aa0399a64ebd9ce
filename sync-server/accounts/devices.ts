/** Devices that signed in with a credential of their own, each of which can be revoked alone. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { NamedDevice } from './named-device.ts';
import type { DeviceRecord, Kept, Records } from './records.ts';

/** A revoked device may hand in what it had not sent for so long; it reads nothing any more. */
const handInMs = 30 * 86_400_000;
const hourMs = 3_600_000;

export type KnownDevice = Kept<DeviceRecord>;

export class Devices {
  readonly #records: Records;

  constructor(records: Records) {
    this.#records = records;
  }

  /** A new credential for a device of this account; an earlier one of the same device ends. */
  register(account: string, { id, label }: NamedDevice, now: number): KnownDevice {
    for (const { key, rev, record } of this.of(account))
      if (record.device === id && !record.revokedAt)
        this.#records.write('device', key, { ...record, revokedAt: iso(now), forgottenAt: iso(now) }, rev);
    const key = randomUUID().replaceAll('-', '');
    const record: DeviceRecord = {
      type: 'device',
      account,
      device: id,
      label,
      salt: randomBytes(16).toString('hex'),
      signedInAt: iso(now),
    };
    this.#records.write('device', key, record);
    return this.find(key) as KnownDevice;
  }

  find(key: string): KnownDevice | undefined {
    return this.#records.find('device', key);
  }

  of(account: string): KnownDevice[] {
    return this.byAccount().get(account) ?? [];
  }

  /** All of them, read once. */
  byAccount(): ReadonlyMap<string, KnownDevice[]> {
    return Map.groupBy(this.#records.all('device'), ({ record }) => record.account);
  }

  /**
   * `dead`: no longer any credential, for its data are gone. `revoked`: it is told so and hands in what it had not sent.
   * `told`: it was revoked too long ago to hand anything in.
   * @param disabled the account lets nobody in, since that instant where it is known
   */
  stateOf(
    { record }: KnownDevice,
    now: number,
    disabled?: { readonly at: string | undefined },
  ): 'active' | 'revoked' | 'told' | 'dead' {
    if (record.forgottenAt) return 'dead';
    if (!record.revokedAt && !disabled) return 'active';
    const since = record.revokedAt ?? disabled?.at;
    return since === undefined || now - Date.parse(since) < handInMs ? 'revoked' : 'told';
  }

  revoke({ key, rev, record }: KnownDevice, now: number): void {
    if (!record.revokedAt) this.#records.write('device', key, { ...record, revokedAt: iso(now) }, rev);
  }

  /** The device says that its data are gone. */
  forget({ key, rev, record }: KnownDevice, now: number): void {
    const revokedAt = record.revokedAt ?? iso(now);
    this.#records.write('device', key, { ...record, revokedAt, forgottenAt: iso(now) }, rev);
  }

  lastSeen = (key: string) => this.#records.lastSeen(key);

  /** Notes that a device was heard of. Never throws: a device reads all the same when that cannot be noted. */
  saw(key: string, now: number): void {
    const before = this.#records.lastSeen(key);
    if (before && now - Date.parse(before) <= hourMs) return;
    try {
      this.#records.sawDevice(key, iso(now));
    } catch {
      // A full disk: it is noted when there is room again.
    }
  }
}

const iso = (now: number) => new Date(now).toISOString();
