import { useId, type ReactNode } from 'react';

/** A label, its control, a hint and what is wrong; the control gets ids to point at. */
export function Field({
  label,
  hint,
  error,
  optional = false,
  children,
}: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly children: (ids: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': true | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const described = error !== undefined || hint !== undefined;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-[0.8125rem] font-medium">
        {label} {optional && <span className="font-normal text-soft">(optional)</span>}
      </label>
      {children({
        id,
        'aria-describedby': described ? `${id}-note` : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {described && (
        <p
          id={`${id}-note`}
          className={`mt-1 text-[0.8125rem] ${error === undefined ? 'text-soft' : 'text-bad'}`}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
