import { agoText, exactText } from '../lib/time-text.ts';

export function TimeAgo({ time }: { readonly time: string | number }) {
  return (
    <time dateTime={new Date(time).toISOString()} title={exactText(time)} className="whitespace-nowrap">
      {agoText(time)}
    </time>
  );
}
