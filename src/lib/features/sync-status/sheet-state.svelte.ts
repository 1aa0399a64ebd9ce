/** Whether the sheet behind the pill is open: one sheet for the pills of all screens. */
let isOpen = $state(false);

export const syncSheet = {
  get isOpen() {
    return isOpen;
  },
  set isOpen(next: boolean) {
    isOpen = next;
  },
};
