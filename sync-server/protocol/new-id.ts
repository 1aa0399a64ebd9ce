/** Ids that the server makes. */
import { randomBytes } from 'node:crypto';

/**
 * 32 hexadecimal digits: the time, then chance. Ids made one after the other stand beside one another in the index, as
 * CouchDB's sequential ones do.
 */
export const newId = () => Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
