/** Where this machine is: an IANA name, as its settings say now. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
