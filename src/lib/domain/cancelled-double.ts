/** Why one of two meetings that were the same is cancelled: what everybody reads in the planning. */
export const doubleReason = 'doublon';
