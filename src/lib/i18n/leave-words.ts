import { m } from './paraglide/messages.js';

/** What is said before a page with unsaved work is left. @param lost what would be lost, in a sentence */
export const leaveWords = (lost = m.shell_leave_body()) => ({
  title: m.shell_leave_title(),
  subtitle: lost,
  leaveLabel: m.shell_leave(),
  stayLabel: m.shell_stay(),
  closeLabel: m.shell_close(),
});
