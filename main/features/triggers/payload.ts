/** What an address is told: the trigger, and the event as the log has it, cut to a bound. No secret is in an event. Pure. */
import type { Subject } from './subject.ts';

/** Of the JSON, in UTF-16 units; a body is at most three times as many bytes. */
export const mostOfPayload = 64 * 1024;

interface Told {
  readonly trigger: { readonly id: string; readonly name: string };
  readonly subject: Subject;
  /** One readable line. */
  readonly text: string;
}

export function payloadOf({ trigger: { id, name }, subject, text }: Told): string {
  const { event, data } = subject.plain;
  const { id: eventId } = subject.event;
  const told = { trigger: { id, name }, text, event: { id: eventId, ...event, data } };
  const whole = JSON.stringify(told);
  if (whole.length <= mostOfPayload) return whole;
  return JSON.stringify({ ...told, event: { id: eventId, ...event, data: null, isCut: true } });
}
