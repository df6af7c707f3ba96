/** Short messages at the foot of the page, which screen readers speak too. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
  readonly undo?: () => void;
}

type Listener = (announcements: readonly Announcement[]) => void;

const SHOWN_MS = 7000;
let last = 0;
let current: readonly Announcement[] = [];
const listeners = new Set<Listener>();

export function announce(text: string, tone: Announcement['tone'] = 'good', undo?: () => void): void {
  last += 1;
  const id = last;
  show([...current, { id, text, tone, ...(undo === undefined ? {} : { undo }) }].slice(-3));
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  show(current.filter((one) => one.id !== id));
}

export function onAnnouncements(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function announcements(): readonly Announcement[] {
  return current;
}

function show(next: readonly Announcement[]): void {
  current = next;
  for (const listener of listeners) listener(next);
}
