/** The grating of a gate. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className="size-6 shrink-0 text-accent">
      <g fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round">
        <path d="M5 4v13M9.7 4v16M14.3 4v16M19 4v13M3 8h18M3 13.5h18" />
      </g>
    </svg>
  );
}
