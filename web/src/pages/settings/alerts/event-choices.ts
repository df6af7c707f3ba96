import type { Alert } from '../../../api/types.ts';

type AlertEvent = Alert['events'][number];

export const EVENTS: readonly { readonly event: AlertEvent; readonly text: string }[] = [
  { event: 'approval_waiting', text: 'A call waits for approval' },
  { event: 'denied', text: 'A call was denied' },
  { event: 'limit_near', text: 'A limit is nearly used up' },
  { event: 'drift', text: 'A tool changed its definition' },
  { event: 'canary_failed', text: 'The gateway does not prove that it denies' },
  { event: 'upstream_down', text: 'A server does not answer' },
];

export const CHANNELS = [
  { value: 'webhook', text: 'Webhook (signed)' },
  { value: 'email', text: 'E-mail' },
  { value: 'slack', text: 'Slack' },
  { value: 'teams', text: 'Microsoft Teams' },
] as const;

export const WINDOWS = [
  { value: '0', text: 'Every time' },
  { value: '300', text: 'Once in 5 minutes' },
  { value: '900', text: 'Once in 15 minutes' },
  { value: '3600', text: 'Once in an hour' },
  { value: '86400', text: 'Once in a day' },
];

/** The choices with the one that is set, wherever it came from. */
export function windowsWith(seconds: string): typeof WINDOWS {
  if (WINDOWS.some(({ value }) => value === seconds)) return WINDOWS;
  return [...WINDOWS, { value: seconds, text: `Once in ${seconds} seconds` }];
}
